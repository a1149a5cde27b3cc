import { expect, test } from 'vitest';
import type { Outcome, RetryLogger } from '../src/index.ts';
import { OutageReport } from '../src/outage-report.ts';

const ORIGIN = 'http://a';
const refused: Outcome = { kind: 'unsent', code: 'ECONNREFUSED' };

test('of ten minutes with a hundred failures a second the log has the first, one line a minute, and the recovery', () => {
  const { logger, lines } = recorder();
  const report = new OutageReport(logger);
  for (let nowMs = 0; nowMs < 600_000; nowMs += 10) report.failed(ORIGIN, refused, nowMs);
  expect(lines.map(({ level }) => level)).toEqual(['warn', ...Array.from({ length: 9 }, () => 'warn')]);
  expect(lines[0]?.fields).toEqual({ origin: ORIGIN, reason: 'ECONNREFUSED' });
  expect(lines[1]).toEqual({
    level: 'warn',
    message: 'Calls still fail',
    fields: { origin: ORIGIN, reason: 'ECONNREFUSED', failed: 6_001, sinceMs: 60_000 },
  });
  for (let nowMs = 600_000; nowMs < 620_000; nowMs += 10) report.succeeded(ORIGIN, nowMs);
  expect(lines.slice(10)).toEqual([
    {
      level: 'info',
      message: 'Calls succeed again',
      fields: { origin: ORIGIN, failed: 60_000, afterMs: 599_990 },
    },
  ]);
  expect(report.untouched).toBe(true);
});

test('a server that fails every other call has not recovered in between', () => {
  const { logger, lines } = recorder();
  const report = new OutageReport(logger);
  for (let nowMs = 0; nowMs < 59_000; nowMs += 1_000) {
    report.failed(ORIGIN, refused, nowMs);
    report.succeeded(ORIGIN, nowMs + 500);
  }
  expect(lines).toHaveLength(1);
  report.succeeded(ORIGIN, 58_000 + 9_999);
  expect(lines).toHaveLength(1);
  report.succeeded(ORIGIN, 58_000 + 10_000);
  expect(lines).toHaveLength(2);
});

test.each<[Outcome, unknown]>([
  [{ kind: 'unsent', code: 'ECONNREFUSED' }, 'ECONNREFUSED'],
  [{ kind: 'ambiguous', code: 'ECONNRESET' }, 'ECONNRESET'],
  [{ kind: 'timeout', code: 'ATTEMPT_TIMEOUT', sent: true }, 'ATTEMPT_TIMEOUT'],
  [{ kind: 'server-error', status: 503, retryAfterMs: undefined }, 503],
])('%j is a failure', (outcome, reason) => {
  const { logger, lines } = recorder();
  new OutageReport(logger).failed(ORIGIN, outcome, 0);
  expect(lines[0]?.fields).toEqual({ origin: ORIGIN, reason });
});

test.each<Outcome>([
  { kind: 'answered', status: 404 },
  { kind: 'throttled', status: 429, retryAfterMs: undefined },
  { kind: 'token-rejected', status: 401 },
  { kind: 'permanent', code: 'INVALID_REQUEST', sent: false },
])('%j is no outage', (outcome) => {
  const { logger, lines } = recorder();
  const report = new OutageReport(logger);
  report.failed(ORIGIN, outcome, 0);
  expect([lines, report.untouched]).toEqual([[], true]);
});

test('each origin has its own, and a walk through many stays bounded, the oldest forgotten first', () => {
  const { logger, lines } = recorder();
  const report = new OutageReport(logger);
  for (let count = 0; count <= 1_000; count += 1) report.failed(`http://${count}`, refused, 0);
  expect(lines).toHaveLength(1_001);
  report.succeeded('http://0', 20_000);
  expect(lines).toHaveLength(1_001);
  report.succeeded('http://1', 20_000);
  expect(lines).toHaveLength(1_002);
});

interface Line {
  readonly level: string;
  readonly message: string;
  readonly fields: object | undefined;
}

function recorder(): { readonly logger: RetryLogger; readonly lines: Line[] } {
  const lines: Line[] = [];
  const write = (level: string) => (message: string, fields?: object) => void lines.push({ level, message, fields });
  return { logger: { debug: write('debug'), info: write('info'), warn: write('warn') }, lines };
}

test('a stream that the server refused is no server out of reach, and what is told names server, reason and times', () => {
  const { logger, lines } = recorder();
  const report = new OutageReport(logger);
  report.retried(ORIGIN, { ...refused, refusedByPeer: true }, 1_000);
  report.retried(ORIGIN, { kind: 'ambiguous' }, 1_000);
  expect(lines).toEqual([]);
  report.retried(ORIGIN, refused, 1_000);
  report.failed(ORIGIN, refused, 3_000);
  report.failed(ORIGIN, refused, 61_000);
  report.succeeded(ORIGIN, 80_000);
  expect(lines.map(({ fields }) => fields)).toEqual([
    { origin: ORIGIN, reason: 'ECONNREFUSED' },
    { origin: ORIGIN, reason: 'ECONNREFUSED', failed: 2, sinceMs: 60_000 },
    { origin: ORIGIN, failed: 2, afterMs: 60_000 },
  ]);
});
