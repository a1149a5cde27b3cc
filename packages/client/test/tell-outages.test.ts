import { expect, test } from 'vitest';
import { type ConductorLogger, noopLogger } from '../src/index.ts';
import { tellOutages } from '../src/tell-outages.ts';

type Failure = Parameters<ReturnType<typeof tellOutages>['onRetry']>[0];

const unsent: Failure['outcome'] = { kind: 'unsent', code: 'CONNECT_REFUSED' };
const failed = (outcome: Failure['outcome'] = unsent): Failure => ({
  operation: 'workflow.get',
  method: 'GET',
  attempt: 1,
  delayMs: 1_000.4,
  outcome,
  error: { hint: 'Check it.' },
});

function keeping(): { lines: [string, string, object | undefined][]; logger: ConductorLogger } {
  const lines: [string, string, object | undefined][] = [];
  const logger: ConductorLogger = {
    ...noopLogger,
    info: (message, fields) => lines.push(['info', message, fields]),
    warn: (message, fields) => lines.push(['warn', message, fields]),
  };
  return { lines, logger };
}

test('a server that cannot be reached is told of once, and once that it can be again', () => {
  const { lines, logger } = keeping();
  let nowMs = 0;
  const outages = tellOutages(logger, 'http://server', () => nowMs);
  for (let call = 0; call < 1_000; call += 1) outages.onRetry(failed());
  nowMs = 4_000;
  for (let call = 0; call < 1_000; call += 1) outages.isOver();
  expect(lines).toEqual([
    [
      'warn',
      'The server cannot be reached: trying again',
      {
        serverUrl: 'http://server',
        code: 'CONNECT_REFUSED',
        operation: 'workflow.get',
        attempt: 1,
        delayMs: 1_000,
        hint: 'Check it.',
      },
    ],
    ['info', 'The server can be reached again', { serverUrl: 'http://server', downMs: 4_000 }],
  ]);
});

test('a server that comes and goes makes two lines in half a minute, not two for each time', () => {
  const { lines, logger } = keeping();
  let nowMs = 0;
  const outages = tellOutages(logger, 'http://server', () => nowMs);
  for (nowMs = 0; nowMs < 60_000; nowMs += 100) {
    outages.onRetry(failed());
    outages.isOver();
  }
  expect(lines.map(([level]) => level)).toEqual(['warn', 'info', 'warn', 'info']);
});

test.each<Failure['outcome']>([
  { kind: 'ambiguous', code: 'CONNECTION_RESET' },
  { kind: 'unsent', code: 'STREAM_REFUSED', refusedByPeer: true },
  { kind: 'timeout', code: 'ATTEMPT_TIMEOUT', sent: true },
  { kind: 'throttled', status: 429 },
])('an attempt that ended as %j says nothing of whether the server can be reached', (outcome) => {
  const { lines, logger } = keeping();
  tellOutages(logger, 'http://server').onRetry(failed(outcome));
  expect(lines).toEqual([]);
});
