import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { Writable } from 'node:stream';
import { runInNewContext } from 'node:vm';
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
  write(() => runInNewContext('Promise.reject(1)') as unknown); // as from the platform, in Jest
  await new Promise((done) => setImmediate(done)); // vitest fails on an unhandled rejection
});

test('an ended stream is not written to, as its error event would end the program', async () => {
  const stream = new Writable({ write: (_chunk, _encoding, done) => done() });
  stream.end();
  write(stream);
  await new Promise((done) => setImmediate(done));
});

test('a stream that fails later loses the line, not the program', async () => {
  const stream = new Writable({ write: (_chunk, _encoding, done) => setImmediate(done, new Error('disk full')) });
  const closed = once(stream, 'close').catch(() => undefined);
  stream.removeAllListeners('error'); // those of `once`
  write(stream);
  await closed;
  expect(stream.listenerCount('error')).toBe(0);
});

test('when the reader of standard error has gone, the program goes on', async () => {
  const child = start(`
    const logger = new DefaultLogger({ env: {} });
    logger.info('first');
    process.stdin.on('data', () => {
      logger.info('second');
      setImmediate(() => { logger.info('third'); setImmediate(() => console.log('alive')); });
    });
  `);
  child.stderr.once('data', () => {
    child.stderr.destroy();
    child.stdin.end('go');
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += String(chunk)));
  const [code] = (await once(child, 'close')) as [number];
  expect([code, output]).toEqual([0, 'alive\n']);
});

test('noopLogger has all methods', () => {
  for (const level of ['trace', 'debug', 'info', 'warn', 'error'] as const)
    expect(noopLogger[level]?.('x')).toBeUndefined();
});

function write(destination: LogDestination): void {
  new DefaultLogger({ env: {}, destination }).error('x');
}

function start(code: string): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, argsFor(code));
}

function run(code: string): { stdout: string; stderr: string } {
  return spawnSync(process.execPath, argsFor(code), { encoding: 'utf8' });
}

function argsFor(code: string): string[] {
  const source = new URL('../src/index.ts', import.meta.url).href;
  const script = `import { DefaultLogger, noopLogger } from ${JSON.stringify(source)}; ${code}`;
  return ['--input-type=module', '--disable-warning=ExperimentalWarning', '-e', script];
}

function raise(): never {
  throw new Error('disk full');
}
