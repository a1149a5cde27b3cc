// Checked by the compiler only: what users write must type-check, and what would fail at run time must not.
import { pino } from 'pino';
import winston from 'winston';
import {
  adaptLogger,
  DefaultLogger,
  fromConsole,
  fromPino,
  fromWinston,
  noopLogger,
  redactSecrets,
  type ConductorLogger,
} from '../src/index.ts';

/** As the other packages declare it for themselves. */
interface Seam {
  debug(message: string, fields?: object): void;
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  error(message: string, fields?: object): void;
}

const all: ConductorLogger[] = [
  new DefaultLogger({ level: 'WARN', tags: ['a', { tenant: 1 }], destination: process.stdout }),
  new DefaultLogger({ level: 20, destination: (line, level) => [line, level] }).child('b').child(['c']),
  noopLogger,
  fromPino(pino()),
  fromPino(pino({ customLevels: { audit: 35 } })),
  fromWinston(winston.createLogger()),
  fromConsole(console),
  adaptLogger(pino()),
];
export const seam: Seam[] = all;
export const text: string = redactSecrets('text', ['secret', undefined]);
export const value: unknown = redactSecrets({}, []);

// @ts-expect-error the fields are an object
noopLogger.info('message', 'field');
// @ts-expect-error there is no such format
export const odd: DefaultLogger = new DefaultLogger({ format: 'xml' });
