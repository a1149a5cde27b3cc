import { expect, test } from 'vitest';
import { History } from '../src/history.ts';

test('a failure is kept with what is known of it, and nothing else', () => {
  const history = new History();
  history.record({ kind: 'throttled', status: 429, retryAfterMs: 5 }, undefined, 7);
  history.record({ kind: 'ambiguous', code: 'ECONNRESET' }, undefined, 8);
  history.record({ kind: 'unsent', code: undefined }, undefined, 9);
  history.record({ kind: 'unsent' }, undefined, 10);
  expect(history.failures).toStrictEqual([
    { outcome: 'throttled', status: 429, durationMs: 7 },
    { outcome: 'ambiguous', code: 'ECONNRESET', durationMs: 8 },
    { outcome: 'unsent', durationMs: 9 },
    { outcome: 'unsent', durationMs: 10 },
  ]);
});

test('a 504 leaves a doubt, a 503 none, and a lost reply the greatest, with its error', () => {
  const history = new History();
  for (const outcome of [
    { kind: 'server-error', status: 503 },
    { kind: 'throttled', status: 429 },
    { kind: 'unsent' },
  ] as const) {
    history.record(outcome, 'other', 0);
    expect(history.doubt).toBe('none');
  }
  history.record({ kind: 'server-error', status: 504 }, 'other', 0);
  expect(history.doubt).toBe('gateway');
  history.record({ kind: 'ambiguous' }, 'lost', 0);
  history.record({ kind: 'server-error', status: 502 }, 'other', 0);
  expect([history.doubt, history.doubtCause]).toEqual(['reply-lost', 'lost']);
});
