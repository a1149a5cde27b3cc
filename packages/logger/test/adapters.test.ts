import { Console } from 'node:console';
import { type PassThrough, Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import winston from 'winston';
import {
  adaptLogger,
  DefaultLogger,
  fromConsole,
  noopLogger,
  fromPino,
  fromWinston,
  type ConductorLogger,
} from '../src/index.ts';

const fields = {
  status: 401,
  nested: { a: { b: { c: { d: ['deep'] } } } },
  error: Object.assign(new TypeError('refused', { cause: new Error('root') }), {
    code: 'AUTH_REJECTED',
    hint: 'Check the key.',
  }),
  token: 'marker-token',
};

const kept = {
  status: 401,
  nested: fields.nested,
  error: {
    name: 'TypeError',
    code: 'AUTH_REJECTED',
    message: 'refused',
    hint: 'Check the key.',
    cause: { name: 'Error', message: 'root' },
  },
  token: '[redacted]',
};

test('pino gets all fields and the message', () => {
  const { logger, entries } = throughPino();
  logger.warn('100% of calls fail', fields);
  expect(entries()).toMatchObject([{ level: 40, msg: '100% of calls fail', ...kept }]);
});

test('a field with the name of one of pino’s own keys is kept under another', () => {
  const { logger, lines } = throughPino();
  logger.info('m', { level: 'a', msg: 'b', time: 'c', err: new Error('d') });
  expect(lines[0]?.match(/"level"/g)).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level_: 'a',
    msg_: 'b',
    time_: 'c',
    err: { name: 'Error', message: 'd' },
  });
});

test('pino’s level is obeyed before anything is serialised', () => {
  const { logger, lines } = throughPino();
  let reads = 0;
  logger.trace?.('m', { get field() { return (reads += 1); } }); // prettier-ignore
  expect([lines.length, reads]).toEqual([0, 0]);
});

test('winston gets all fields and the message', () => {
  const { logger, entries } = throughWinston();
  logger.warn('100%s of calls fail', fields);
  expect(entries()).toMatchObject([{ level: 'warn', message: '100%s of calls fail', ...kept }]);
});

test('a field named message or level does not touch winston’s own', () => {
  const { logger, entries } = throughWinston();
  logger.info('mine', { message: 'theirs', level: 'odd' });
  expect(entries()).toEqual([{ level: 'info', message: 'mine', message_: 'theirs', level_: 'odd' }]);
});

test('a winston logger with syslog levels is logged to under its names', () => {
  const { logger, entries } = throughWinston({ levels: winston.config.syslog.levels });
  logger.warn('m');
  logger.trace?.('finest');
  expect(entries().map((entry) => entry['level'])).toEqual(['warning', 'debug']);
});

test('winston’s npm levels show trace entries as silly', () => {
  const { logger, entries } = throughWinston({ level: 'silly' });
  logger.trace?.('m');
  expect(entries().map((entry) => entry['level'])).toEqual(['silly']);
});

test('console shows all fields at any depth', () => {
  const { logger, text } = throughConsole();
  logger.warn('100%s of calls fail', fields);
  expect(text()).toContain('100%s of calls fail');
  for (const part of ['status: 401', "'deep'", 'AUTH_REJECTED', 'Check the key.', 'root', '[redacted]'])
    expect(text()).toContain(part);
});

test('a console spy sees the message and the plain fields', () => {
  const seen: unknown[][] = [];
  const spy = (...args: unknown[]): number => seen.push(args);
  const logger = fromConsole({ debug: spy, info: spy, warn: spy, error: spy });
  logger.info('started', { id: 1 });
  logger.info('100%');
  expect(seen).toEqual([['started', { id: 1 }], ['100%']]);
});

test.each([
  ['pino', throughPino],
  ['winston', throughWinston],
  ['console', throughConsole],
])('a message cannot forge a second line or steer the terminal, however %s shows it', (name, through) => {
  const { logger, text, entries } = through();
  logger.info('one\ntwo\u001B[2J');
  const shown = name === 'console' ? text().trimEnd() : (entries()[0]?.['msg'] ?? entries()[0]?.['message']);
  expect(shown).toBe('one\\ntwo\\u001b[2J');
});

test.each([
  ['pino', throughPino],
  ['winston', throughWinston],
  ['console', throughConsole],
])('%s never shows the given secrets and never throws', (_name, through) => {
  const { logger, text } = through({ redact: ['marker-secret'] });
  const cyclic: Record<string, unknown> = { big: 1n, text: 'holds marker-secret', error: new Error('marker-secret') };
  cyclic['self'] = cyclic;
  for (const level of ['debug', 'info', 'warn', 'error'] as const) logger[level]('has marker-secret', cyclic);
  expect(text()).toContain('[redacted]');
  expect(text()).not.toContain('marker-secret');
});

test.each([
  ['pino', fromPino],
  ['winston', fromWinston],
  ['console', fromConsole],
])('a failing %s does not fail the call', (_name, adapt) => {
  const broken = new Proxy({}, { get: () => raise });
  (adapt as (target: object) => ConductorLogger)(broken).error('m', {});
});

test.each([
  ['pino', fromPino],
  ['winston', fromWinston],
  ['console', fromConsole],
])('a %s whose methods reject does not end the process', async (_name, adapt) => {
  const broken = new Proxy({}, { get: (_target, name) => (OPTIONAL.includes(name) ? undefined : async () => raise()) });
  (adapt as (target: object) => ConductorLogger)(broken).error('m', {});
  await new Promise((done) => setImmediate(done)); // vitest fails on an unhandled rejection
});

test('pino, winston and the console are recognised, and anything else is left as it is', () => {
  const throughAdapted = sink((stream) => adaptLogger(pino(stream)));
  throughAdapted.logger.info('m', { a: 1 });
  expect(throughAdapted.entries()).toMatchObject([{ msg: 'm', a: 1 }]);
  const own = new DefaultLogger({ env: {} });
  for (const foreign of [pino({ level: 'silent' }), winston.createLogger({ silent: true }), console])
    expect(adaptLogger(foreign)).not.toBe(foreign);
  for (const known of [own, noopLogger]) expect(adaptLogger(known)).toBe(known);
});

interface Sink {
  readonly logger: ConductorLogger;
  readonly lines: string[];
  readonly text: () => string;
  readonly entries: () => Record<string, unknown>[];
}

function sink(make: (stream: Writable, lines: string[]) => ConductorLogger): Sink {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return {
    logger: make(stream, lines),
    lines,
    text: () => lines.join(''),
    entries: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

function throughPino(options: { redact?: string[] } = {}): Sink {
  return sink((stream) => fromPino(pino({ level: 'debug' }, stream), options));
}

function throughWinston(
  options: { redact?: string[]; level?: string; levels?: winston.config.AbstractConfigSetLevels } = {},
): Sink {
  const { level = 'debug', levels = winston.config.npm.levels } = options;
  return sink((stream) =>
    fromWinston(
      winston.createLogger({
        level,
        levels,
        format: winston.format.combine(winston.format.splat(), winston.format.json()),
        transports: [new winston.transports.Stream({ stream: stream as PassThrough })],
      }),
      options,
    ),
  );
}

function throughConsole(options: { redact?: string[] } = {}): Sink {
  return sink((stream) => fromConsole(new Console(stream, stream), options));
}

function raise(): never {
  throw new Error('broken');
}

const OPTIONAL: readonly (string | symbol)[] = ['isLevelEnabled', 'levels'];
