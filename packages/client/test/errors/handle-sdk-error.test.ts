import { expect, test } from 'vitest';
import { ConductorApiError } from '../../src/errors/conductor-api-error.ts';
import { handleSdkError } from '../../src/errors/handle-sdk-error.ts';

const cause = new ConductorApiError(
  { status: 404 },
  { operation: 'workflow.get', method: 'GET', pathTemplate: '/a', attempts: 1, elapsedMs: 1 },
);

test('an error is thrown with a sentence before its message, its code and its hint', () => {
  expect(() => handleSdkError(cause, 'Loading the order failed')).toThrow(
    expect.objectContaining({
      name: 'ConductorSdkError',
      message: 'Loading the order failed: workflow.get failed: not found',
      code: 'NOT_FOUND',
      hint: cause.hint,
      cause,
    }),
  );
});

test('without a sentence the message stays as it is', () => {
  expect(() => handleSdkError(cause)).toThrow(cause.message);
});

test.each(['text', undefined, null, { odd: true }])('%j, which is no error, is thrown as one', (thrown) => {
  expect(() => handleSdkError(thrown, 'Odd')).toThrow(/^Odd: /);
});

test('in mode log the error goes to the logger, and nothing is thrown', () => {
  const lines: unknown[] = [];
  const logger = { error: (...line: unknown[]) => void lines.push(line) };
  expect(handleSdkError(cause, 'Loading failed', 'log', logger)).toBeUndefined();
  expect(lines).toEqual([['Loading failed: workflow.get failed: not found', { error: cause }]]);
});
