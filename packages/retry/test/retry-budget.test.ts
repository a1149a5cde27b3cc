import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { RETRY_BUDGET_DEFAULTS, RetryBudget } from '../src/retry-budget.ts';

const ORIGIN = 'http://a';

test('a hundred tokens pay for twenty retries', () => {
  const budget = new RetryBudget(RETRY_BUDGET_DEFAULTS, undefined);
  let retries = 0;
  while (budget.allows(ORIGIN)) {
    budget.spend(ORIGIN);
    retries += 1;
  }
  expect(retries).toBe(20);
});

test('a lost connection with more calls on it than the bucket has retries leaves each of them one', () => {
  const budget = new RetryBudget(RETRY_BUDGET_DEFAULTS, undefined);
  for (let call = 0; call < 64; call += 1) budget.enter();
  let retries = 0;
  while (budget.allows(ORIGIN)) {
    budget.spend(ORIGIN);
    retries += 1;
  }
  expect(retries).toBe(64);
});

test('calls that come during an outage bring their own share, and take it with them only when the bucket is full', () => {
  const budget = new RetryBudget({ tokens: 5, retryCost: 5, successRefund: 1 }, undefined);
  budget.enter();
  budget.spend(ORIGIN);
  expect(budget.allows(ORIGIN)).toBe(false);
  budget.enter();
  expect(budget.allows(ORIGIN)).toBe(true);
  budget.spend(ORIGIN);
  budget.leave();
  expect(budget.allows(ORIGIN)).toBe(false);
});

test('a success gives one token back, and a success on a retry its cost as well', () => {
  const budget = new RetryBudget({ tokens: 10, retryCost: 5, successRefund: 1 }, undefined);
  budget.spend(ORIGIN);
  budget.spend(ORIGIN);
  expect(budget.allows(ORIGIN)).toBe(false);
  for (let i = 0; i < 4; i += 1) budget.succeed(ORIGIN, false, 0);
  expect(budget.allows(ORIGIN)).toBe(false);
  budget.succeed(ORIGIN, true, 0);
  expect(budget.allows(ORIGIN)).toBe(true);
});

test('each origin has its own', () => {
  const budget = new RetryBudget({ tokens: 5, retryCost: 5, successRefund: 1 }, undefined);
  budget.spend(ORIGIN);
  expect([budget.allows(ORIGIN), budget.allows('http://b')]).toEqual([false, true]);
});

test('a full bucket takes no memory', () => {
  const budget = new RetryBudget(RETRY_BUDGET_DEFAULTS, undefined);
  budget.spend(ORIGIN);
  expect(budget.untouched).toBe(false);
  budget.succeed(ORIGIN, true, 0);
  expect(budget.untouched).toBe(true);
});

test('running empty is said once, and so is the recovery', () => {
  const lines: string[] = [];
  const budget = new RetryBudget({ tokens: 5, retryCost: 5, successRefund: 5 }, recorder(lines));
  budget.spend(ORIGIN);
  for (let i = 0; i <= 100; i += 1) budget.refuse(ORIGIN, 1_000 + 20 * i);
  budget.succeed(ORIGIN, false, 13_000);
  budget.succeed(ORIGIN, false, 14_000);
  expect(lines).toEqual([
    'warn Retry budget exhausted: calls now fail after one attempt {"origin":"http://a"}',
    'info Retry budget recovered {"origin":"http://a","refusedRetries":101,"afterMs":2000}',
  ]);
});

test('a walk through a million origins stays bounded and forgets the oldest first', () => {
  const budget = new RetryBudget({ tokens: 5, retryCost: 5, successRefund: 1 }, undefined);
  for (let i = 0; i <= 1_000; i += 1) budget.spend(`http://${i}`);
  expect([budget.allows('http://0'), budget.allows('http://1')]).toEqual([true, false]);
});

test('never: more retries than the bucket and the successes pay for', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 500 }), (history) => {
      const budget = new RetryBudget(RETRY_BUDGET_DEFAULTS, undefined);
      let retries = 0;
      let successes = 0;
      for (const succeeded of history) {
        if (succeeded) {
          budget.succeed(ORIGIN, false, 0);
          successes += 1;
        } else if (budget.allows(ORIGIN)) {
          budget.spend(ORIGIN);
          retries += 1;
        }
      }
      expect(retries * 5).toBeLessThanOrEqual(100 + successes);
    }),
  );
});

function recorder(lines: string[]): ConstructorParameters<typeof RetryBudget>[1] {
  const line = (level: string) => (message: string, fields?: object) => {
    lines.push(`${level} ${message} ${JSON.stringify(fields)}`);
  };
  return { debug: line('debug'), info: line('info'), warn: line('warn') };
}

test('without a logger it runs empty and recovers in silence; an origin that has spent nothing refuses nothing', () => {
  const budget = new RetryBudget({ tokens: 5, retryCost: 5, successRefund: 5 }, undefined);
  budget.refuse(ORIGIN, 0);
  budget.spend(ORIGIN);
  budget.refuse(ORIGIN, 0);
  budget.succeed(ORIGIN, false, 10_000);
  expect(budget.untouched).toBe(true);
});

test('a success that does not fill the bucket is no recovery', () => {
  const lines: string[] = [];
  const budget = new RetryBudget({ tokens: 10, retryCost: 5, successRefund: 1 }, recorder(lines));
  budget.spend(ORIGIN);
  budget.spend(ORIGIN);
  budget.refuse(ORIGIN, 0);
  budget.succeed(ORIGIN, false, 10_000);
  expect(lines).toHaveLength(1);
});

test('successes between refusals are no recovery: it is told when none was refused for ten seconds', () => {
  const lines: string[] = [];
  const budget = new RetryBudget({ tokens: 5, retryCost: 5, successRefund: 5 }, recorder(lines));
  for (let nowMs = 0; nowMs < 60_000; nowMs += 1_000) {
    budget.spend(ORIGIN);
    budget.refuse(ORIGIN, nowMs);
    budget.succeed(ORIGIN, false, nowMs + 500);
  }
  budget.succeed(ORIGIN, false, 68_999);
  expect(lines).toHaveLength(1);
  budget.succeed(ORIGIN, false, 69_000);
  expect(lines.slice(1)).toEqual([
    'info Retry budget recovered {"origin":"http://a","refusedRetries":60,"afterMs":59000}',
  ]);
  expect(budget.untouched).toBe(true);
});

test('however much succeeds, the bucket holds no more than its size', () => {
  const budget = new RetryBudget({ tokens: 5, retryCost: 5, successRefund: 5 }, undefined);
  budget.spend(ORIGIN);
  budget.refuse(ORIGIN, 0);
  for (let i = 0; i < 3; i += 1) budget.succeed(ORIGIN, true, 1);
  budget.spend(ORIGIN);
  expect(budget.allows(ORIGIN)).toBe(false);
});
