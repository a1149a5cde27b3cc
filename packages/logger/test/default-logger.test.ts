import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { DefaultLogger, type DefaultLoggerOptions } from '../src/index.ts';

test('an entry below the level is not written', () => {
  const { logger, lines } = capture({ level: 'warn' });
  logger.info('quiet');
  logger.warn('loud');
  expect(lines).toEqual(['2026-01-31T12:00:00.000Z WARN  loud']);
});

test('the level is info when nobody sets one', () => {
  const { logger, lines } = capture({});
  logger.debug('no');
  logger.info('yes');
  expect(lines).toHaveLength(1);
});

test.each(['DEBUG', 'Debug', 20, '20', 11])('%o switches debug entries on and trace entries off', (level) => {
  const { logger, lines } = capture({ level });
  logger.trace('no');
  logger.debug('yes');
  expect(lines).toHaveLength(1);
});

test('silent writes nothing', () => {
  const { logger, lines } = capture({ level: 'silent' });
  logger.error('lost');
  expect(lines).toEqual([]);
});

test('CONDUCTOR_LOG_LEVEL wins over the level in code, also with white space around it', () => {
  expect(capture({ level: 'error', env: { CONDUCTOR_LOG_LEVEL: ' Debug\n' } }).logger.level).toBe('debug');
});

test('a blank CONDUCTOR_LOG_LEVEL counts as unset', () => {
  expect(capture({ level: 'error', env: { CONDUCTOR_LOG_LEVEL: '  ' } }).logger.level).toBe('error');
});

test('an unknown level is told of once and the next source is used', () => {
  const { logger, lines } = capture({ level: 'warn', env: { CONDUCTOR_LOG_LEVEL: 'loud' } });
  expect(logger.level).toBe('warn');
  expect(lines).toEqual([expect.stringContaining('Unknown log level ignored')]);
});

test('an environment that may not be read is as good as an empty one', () => {
  const env = new Proxy({}, { get: () => raise('NotCapable') });
  expect(capture({ env }).logger.level).toBe('info');
});

test('a JSON entry holds time, level, process id, tags, message and the fields', () => {
  const { logger, lines } = capture({ format: 'json', tags: ['client', { tenant: 'blue' }] });
  logger.child('auth').error('Token refused', { status: 401, level: 'mine' });
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    time: '2026-01-31T12:00:00.000Z',
    level: 'error',
    pid: process.pid,
    tags: ['client', 'auth'],
    message: 'Token refused',
    tenant: 'blue',
    status: 401,
    level_: 'mine',
  });
});

test('a text entry quotes what is more than a word', () => {
  const { logger, lines } = capture({ tags: ['auth'] });
  logger.info('Done', {
    attempts: 2,
    state: 'ready',
    note: 'two words',
    nested: { a: [1] },
    none: undefined,
    'odd key': true,
  });
  expect(lines).toEqual([
    '2026-01-31T12:00:00.000Z INFO  [auth] Done attempts=2 state=ready note="two words" nested={"a":[1]} "odd key"=true',
  ]);
});

test('text cannot forge a second line or steer the terminal', () => {
  const { logger, lines } = capture({ tags: ['a\nb'] });
  logger.info('one\r\n2026 ERROR two \u001B[2J \u009B \u2028 \u202E \u061C', { 'key\n': 'value\n\u0007' });
  // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
  expect(lines[0]).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u2028\u202E]/);
});

test('JSON with control characters stays one line that parses to the same text', () => {
  const { logger, lines } = capture({ format: 'json' });
  logger.info('one\ntwo\u009B\u2028');
  expect(lines[0]).not.toMatch(/[\u009B\u2028\n]/);
  expect(JSON.parse(lines[0] ?? '').message).toBe('one\ntwo\u009B\u2028');
});

test('methods work when they are passed on without their logger', () => {
  const { logger, lines } = capture({});
  const { warn } = logger;
  warn('alone');
  expect(lines).toHaveLength(1);
});

test('an error in the place of the fields is kept', () => {
  const { logger, lines } = capture({ format: 'json' });
  logger.error('failed', new TypeError('bad'));
  expect(JSON.parse(lines[0] ?? '').error).toMatchObject({ name: 'TypeError', message: 'bad' });
});

test('fields that throw on every look lose themselves, not the message', () => {
  const { logger, lines } = capture({});
  logger.warn('kept', new Proxy({}, { getPrototypeOf: () => raise('trap'), ownKeys: () => raise('trap') }));
  expect(lines).toEqual(['2026-01-31T12:00:00.000Z WARN  kept value="[unreadable]"']);
});

test('a child keeps level, format, destination and secrets of its parent', () => {
  const { logger, lines } = capture({ level: 'debug', redact: ['marker-secret'] });
  logger.child(['a', 'b']).debug('with marker-secret');
  expect(lines).toEqual(['2026-01-31T12:00:00.000Z DEBUG [a] [b] with [redacted]']);
});

test('secrets given by a function are those of the moment of the entry', () => {
  let token = 'first-token-value';
  const { logger, lines } = capture({ redact: () => [token] });
  logger.info('sent first-token-value');
  token = 'second-token-value';
  logger.info('sent second-token-value');
  expect(lines.join('\n')).not.toContain('token-value');
});

test('when the secrets cannot be known, nothing of the entry is shown', () => {
  const { logger, lines } = capture({ redact: () => raise('vault is down') });
  logger.error('holds marker-secret', { field: 'marker-secret' });
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toContain('marker-secret');
});

test('a line ends with a newline for a stream and without one for a function', () => {
  const written: string[] = [];
  new DefaultLogger({ destination: { write: (text) => written.push(text) }, env: {}, now }).info('x');
  expect(written).toEqual(['2026-01-31T12:00:00.000Z INFO  x\n']);
});

test('never throws and always writes one bounded line, whatever it is given', () => {
  fc.assert(
    fc.property(
      fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true }),
      fc.anything(),
      fc.boolean(),
      (message, fields, json) => {
        const { logger, lines } = capture({ format: json ? 'json' : 'text' });
        logger.info(message as string, fields as object);
        expect(lines).toHaveLength(1);
        expect(lines[0]).not.toContain('\n');
        if (json) JSON.parse(lines[0] ?? '');
      },
    ),
    { numRuns: 500 },
  );
});

const now = (): number => Date.UTC(2026, 0, 31, 12);

function capture(options: DefaultLoggerOptions): { logger: DefaultLogger; lines: string[] } {
  const lines: string[] = [];
  return { logger: new DefaultLogger({ env: {}, now, destination: (line) => lines.push(line), ...options }), lines };
}

function raise(message: string): never {
  throw new Error(message);
}
