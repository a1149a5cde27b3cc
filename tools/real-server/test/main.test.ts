import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fakeMachine } from './fake-machine.ts';

/** Prints the server that it was given, and ends in a way of its own. */
const COMMAND = ['node', '-e', 'console.log(`uses ${process.env.CONDUCTOR_SERVER_URL}`); process.exitCode = 7'];

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `real-server` with these words, on a machine that has only what `env` says. */
async function realServer(words: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  const main = join(import.meta.dirname, '../src/main.ts');
  const child = spawn(process.execPath, [main, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

test.each([
  ['run', 2, ['--', ...COMMAND]],
  // It learns of the reason from the log of the process that it leaves behind.
  ['start', 1, []],
  ['prepare', 2, []],
] as const)(
  'without Java %s ends with a message and the code %i, and skips nothing in silence',
  async (command, exitCode, more) => {
    using machine = fakeMachine();
    const { code, stdout, stderr } = await realServer([command, ...more], machine.env);
    expect(code).toBe(exitCode);
    expect(stderr.trim()).toMatch(
      /^The Conductor server needs Java 21 or newer\. Found: none\. .*CONDUCTOR_SERVER_URL/s,
    );
    expect(stderr).not.toContain('    at ');
    expect(stdout).toBe('');
  },
);

test('with a Java and no Maven the message says that, and what else can be done', async () => {
  using machine = fakeMachine();
  machine.addJava('new', '25');
  const { code, stdout, stderr } = await realServer(['run', '--', ...COMMAND], machine.env);
  expect(code).toBe(2);
  expect(stderr).toMatch(/could not be fetched by Maven: .*ENOENT[\s\S]*Install Maven .*CONDUCTOR_SERVER_URL/);
  expect(stdout).toBe('');
});

test('with CONDUCTOR_SERVER_URL nothing is booted: the command gets that server, and its end is the end', async () => {
  using machine = fakeMachine();
  const env = { ...machine.env, CONDUCTOR_SERVER_URL: 'http://conductor.example:8080' };
  expect(await realServer(['run', '--', ...COMMAND], env)).toEqual({
    code: 7,
    stdout: 'uses http://conductor.example:8080\n',
    stderr: '',
  });
  expect(await realServer(['start'], env)).toEqual({
    code: 0,
    stdout: 'http://conductor.example:8080 (from CONDUCTOR_SERVER_URL)\n',
    stderr: '',
  });
});

test('a command that is not there is told of, and is a failure', async () => {
  using machine = fakeMachine();
  const env = { ...machine.env, CONDUCTOR_SERVER_URL: 'http://conductor.example:8080' };
  const { code, stderr } = await realServer(['run', '--', 'no-such-program'], env);
  expect(code).toBe(1);
  expect(stderr).toContain('no-such-program');
});

test('to stop where no server runs is no failure', async () => {
  using machine = fakeMachine();
  expect(await realServer(['stop'], machine.env)).toEqual({ code: 0, stdout: 'No server runs.\n', stderr: '' });
});
