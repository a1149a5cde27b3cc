import { spawnSync } from 'node:child_process';
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { DefaultLogger, noopLogger, type LogDestination } from '../src/index.ts';

test('lines go to standard error, so that standard output stays the program’s', () => {
  const { stdout, stderr } = run(`new DefaultLogger({ env: {} }).info('hello'); noopLogger.error('no')`);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/INFO {2}hello\n$/);
});

test('where there is no process the console method of the level is used', () => {
  const { stdout, stderr } = run(`
    const out = globalThis.console;
    const lines = [];
    globalThis.console = { debug: (l) => lines.push('debug ' + l), info: (l) => lines.push('info ' + l) };
    globalThis.process = undefined;
    const logger = new DefaultLogger({ level: 'trace' });
    logger.trace('t'); logger.info('i');
    out.log(lines.map((l) => l.replace(/\\S+Z/, 'time')).join('|'));
  `);
  expect(stderr).toBe('');
  expect(stdout).toBe('debug time TRACE t|info time INFO  i\n');
});

test('a destination that throws loses the line, not the program', () => {
  write(() => raise());
  write({ write: () => raise() });
});

test('a destination whose promise is rejected does not end the program', async () => {
  write(() => Promise.reject(new Error('disk full')));
  await new Promise((done) => setImmediate(done)); // vitest fails on an unhandled rejection
});

test('an ended stream is not written to, as its error event would end the program', async () => {
  const stream = new Writable({ write: (_chunk, _encoding, done) => done() });
  stream.end();
  write(stream);
  await new Promise((done) => setImmediate(done));
});

test('noopLogger has all methods', () => {
  for (const level of ['trace', 'debug', 'info', 'warn', 'error'] as const)
    expect(noopLogger[level]?.('x')).toBeUndefined();
});

function write(destination: LogDestination): void {
  new DefaultLogger({ env: {}, destination }).error('x');
}

function run(code: string): { stdout: string; stderr: string } {
  const source = new URL('../src/index.ts', import.meta.url).href;
  const script = `import { DefaultLogger, noopLogger } from ${JSON.stringify(source)}; ${code}`;
  return spawnSync(process.execPath, ['--input-type=module', '--disable-warning=ExperimentalWarning', '-e', script], {
    encoding: 'utf8',
  });
}

function raise(): never {
  throw new Error('disk full');
}
