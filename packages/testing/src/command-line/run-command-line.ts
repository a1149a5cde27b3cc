import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConductorTestServer } from '../server/conductor-test-server.ts';
import type { ServerOptions } from '../server/server-options.ts';
import { startConductorServer } from '../server/start-conductor-server.ts';
import { HELP, parseArguments } from './parse-arguments.ts';

/** The `conductor-testing` command: runs until a signal; gives the exit code. */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  const asked = parseArguments(argv);
  if (asked.do === 'help') return say(HELP);
  if (asked.do === 'refuse') return complain(`${asked.because}\nSee --help.`);

  // Listened for from the start, so that a signal that comes early is not lost.
  const stopped = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  let server: ConductorTestServer;
  try {
    server = await startConductorServer(asked.options);
  } catch (error) {
    return complain(explain(error, asked.options));
  }
  await using _closed = server;
  const temporary = isSecure(asked.options) && asked.certificates === undefined;
  const directory = temporary ? await mkdtemp(join(tmpdir(), 'conductor-testing-')) : asked.certificates;
  try {
    say(await describe(server, asked.options, directory));
    await stopped;
  } finally {
    if (temporary && directory !== undefined) await rm(directory, { recursive: true, force: true });
  }
  return 0;
}

async function describe(server: ConductorTestServer, options: ServerOptions, directory?: string): Promise<string> {
  const lines = [`CONDUCTOR_SERVER_URL=${server.url}`];
  if (options.mode === 'orkes') {
    lines.push(`CONDUCTOR_AUTH_KEY=${server.keyId}`, `CONDUCTOR_AUTH_SECRET=${server.keySecret}`);
  }
  if (isSecure(options) && directory !== undefined) {
    const { caPath, certPath, keyPath } = await server.writeCertificates(directory);
    lines.push(`CONDUCTOR_TLS_CA_PATH=${caPath}`);
    if (options.mtls === true) lines.push(`CONDUCTOR_TLS_CERT_PATH=${certPath}`, `CONDUCTOR_TLS_KEY_PATH=${keyPath}`);
  }
  const exports = lines.map((line) => `  export ${line}\n`).join('');
  return `Conductor test server (${options.mode}) at ${server.url}\n\n${exports}\nStop it with Ctrl+C.\n`;
}

function explain(error: unknown, { port, host }: ServerOptions): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken. Give another one: --port ${Number(port) + 1}, or --port 0 for any free one.`;
  if (code === 'EACCES') return `Port ${port} needs more rights than this process has. Give one above 1023.`;
  if (code === 'EADDRNOTAVAIL') return `This machine has no address ${host}. Leave --host out.`;
  // The option of the function is a flag here.
  return message.replace('set allowNonLoopback: true', 'add --allow-non-loopback');
}

const isSecure = ({ tls, mtls }: ServerOptions): boolean => tls === true || mtls === true;

function say(text: string): number {
  process.stdout.write(text);
  return 0;
}

function complain(text: string): number {
  process.stderr.write(`${text}\n`);
  return 1;
}
