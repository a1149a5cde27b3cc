import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseCommandLine, USAGE } from './command-line.ts';
import { prepare } from './prepare.ts';
import { cacheFolder } from './server-jar.ts';
import { SetupError } from './setup-error.ts';
import { startRealServer, type RealServerOptions } from './start-real-server.ts';

/** A server that was started for a while, by `start`. */
interface Running {
  readonly url: string;
  readonly pid: number;
}

const stateFile = join(cacheFolder(), 'running.json');
const LONGEST_LIFE_MS = 3_600_000;

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof SetupError ? error.message : String(error)}\n`);
  process.exitCode = error instanceof SetupError ? error.exitCode : 1;
}

async function main(words: readonly string[]): Promise<number> {
  const { command, options } = parseCommandLine(words);
  switch (command.do) {
    case 'help':
      process.stdout.write(USAGE);
      return 0;
    case 'start':
      return start(words);
    case 'serve':
      return serve(options);
    case 'stop':
      return stop();
    case 'prepare':
      process.stdout.write(`${await prepare(options)}\n`);
      return 0;
    case 'run':
      return runWith(options, command.command, command.args);
  }
}

/** Boots a server for the time that `command` runs, and stops it whatever happens. */
async function runWith(options: RealServerOptions, command: string, args: readonly string[]): Promise<number> {
  const given = process.env['CONDUCTOR_SERVER_URL'];
  const server = given === undefined ? await startRealServer(options) : undefined;
  const url = given ?? server?.url;
  try {
    const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, CONDUCTOR_SERVER_URL: url } });
    const pass = (signal: NodeJS.Signals): void => void child.kill(signal);
    process.on('SIGINT', pass).on('SIGTERM', pass);
    const [code] = (await once(child, 'exit')) as [number | null];
    return code ?? 1;
  } finally {
    await server?.stop();
  }
}

/** Leaves a server running behind this process: a second process of this program holds and ends it. */
async function start(words: readonly string[]): Promise<number> {
  const given = process.env['CONDUCTOR_SERVER_URL'];
  if (given !== undefined) {
    process.stdout.write(`${given} (from CONDUCTOR_SERVER_URL)\n`);
    return 0;
  }
  const running = readRunning();
  if (running !== undefined) {
    process.stdout.write(`${running.url} (runs already)\n`);
    return 0;
  }
  const logFile = join(cacheFolder(), 'serve.log');
  const log = openSync(logFile, 'w');
  const holder = spawn(process.execPath, [import.meta.filename, 'serve', ...words.slice(1)], {
    detached: true,
    stdio: ['ignore', log, log],
  });
  holder.unref();
  while (holder.exitCode === null) {
    const started = readRunning();
    if (started !== undefined) {
      process.stdout.write(`${started.url}\n`);
      return 0;
    }
    await sleep(200);
  }
  throw new SetupError(readFileSync(logFile, 'utf8'));
}

async function serve(options: RealServerOptions): Promise<number> {
  const server = await startRealServer(options);
  try {
    writeFileSync(stateFile, JSON.stringify({ url: server.url, pid: process.pid } satisfies Running));
    const end = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => end.abort());
    await sleep(LONGEST_LIFE_MS, undefined, { signal: end.signal }).catch(() => undefined);
  } finally {
    rmSync(stateFile, { force: true });
    await server.stop();
  }
  return 0;
}

async function stop(): Promise<number> {
  const running = readRunning();
  if (running === undefined) {
    process.stdout.write('No server runs.\n');
    return 0;
  }
  process.kill(running.pid, 'SIGTERM');
  while (isAlive(running.pid)) await sleep(100);
  return 0;
}

function readRunning(): Running | undefined {
  try {
    const running = JSON.parse(readFileSync(stateFile, 'utf8')) as Running;
    return isAlive(running.pid) ? running : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
