import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startConductorServer } from '../src/index.ts';
import { HELP, parseArguments } from '../src/command-line/parse-arguments.ts';

test.for(['SIGINT', 'SIGTERM'] as const)('it says where it listens, serves, and stops on %s', async (signal) => {
  await using command = run('--port', '0');
  const { CONDUCTOR_SERVER_URL: url } = await command.settings();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const response = await fetch(`${url}/api/version`);
  expect(await response.text()).toBe('3.32.3');
  expect(await command.end(signal)).toBe(0);
});

test('an Orkes server with mutual TLS prints all that a client needs, and cleans up its files', async () => {
  await using command = run('--port', '0', '--mode', 'orkes', '--key', 'me:se:cret', '--mtls', '--http2');
  const settings = await command.settings();
  expect(settings).toMatchObject({ CONDUCTOR_AUTH_KEY: 'me', CONDUCTOR_AUTH_SECRET: 'se:cret' });
  expect(settings['CONDUCTOR_SERVER_URL']).toMatch(/^https:/);
  const paths = ['CA', 'CERT', 'KEY'].map((name) => settings[`CONDUCTOR_TLS_${name}_PATH`] ?? '');
  expect(paths.map((path) => existsSync(path))).toEqual([true, true, true]);
  expect(await command.end('SIGTERM')).toBe(0);
  expect(paths.map((path) => existsSync(path))).toEqual([false, false, false]);
});

test('a port that is taken is one clear line', async () => {
  await using server = await startConductorServer();
  await using command = run('--port', String(server.port));
  expect(await command.end()).toBe(1);
  expect(command.errors()).toBe(
    `Port ${server.port} is taken. Give another one: --port ${server.port + 1}, or --port 0 for any free one.\n`,
  );
});

test('a host that others can reach names the flag that allows it', async () => {
  await using command = run('--host', '0.0.0.0', '--port', '0');
  expect(await command.end()).toBe(1);
  expect(command.errors()).toContain('Leave it out, or add --allow-non-loopback.');
});

test('help lists every option, and asks for nothing else', async () => {
  expect(parseArguments(['--port', '1', '--help'])).toEqual({ do: 'help' });
  await using command = run('-h');
  expect(await command.end()).toBe(0);
  expect(command.output()).toBe(HELP);
});

test.for([
  [['--nope'], '--nope'],
  [['--mode', 'other'], '--mode'],
  [['--port', 'http'], '--port'],
  [['--port'], '--port'],
  [['--key', 'only-id'], '--key'],
  [['extra'], 'extra'],
] as const)('%j is refused by name', ([argv, name]) => {
  expect(parseArguments(argv)).toEqual({ do: 'refuse', because: expect.stringContaining(name) });
});

test('without options it is an open-source server on port 8080', () => {
  expect(parseArguments([])).toMatchObject({ do: 'start', options: { mode: 'oss', port: 8080 } });
});

interface Command extends AsyncDisposable {
  /** The variables it prints, once it listens. */
  settings(): Promise<Record<string, string>>;
  end(signal?: NodeJS.Signals): Promise<number | null>;
  output(): string;
  errors(): string;
}

function run(...argv: string[]): Command {
  const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url));
  const child: ChildProcess = spawn(process.execPath, ['--no-warnings', cli, ...argv]);
  const closed = once(child, 'close');
  let output = '';
  let errors = '';
  child.stdout?.on('data', (chunk) => (output += chunk));
  child.stderr?.on('data', (chunk) => (errors += chunk));
  return {
    async settings() {
      while (!output.includes('Stop it with'))
        await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), closed]);
      return Object.fromEntries([...output.matchAll(/export (\w+)=(.*)/g)].map(([, name, value]) => [name, value]));
    },
    async end(signal) {
      if (signal !== undefined) child.kill(signal);
      await closed;
      return child.exitCode;
    },
    output: () => output,
    errors: () => errors,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}
