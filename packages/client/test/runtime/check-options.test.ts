import { expect, test } from 'vitest';
import { checkOptions } from '../../src/runtime/check-options.ts';
import { anOperation } from '../operations.ts';

const get = anOperation({ name: 'workflow.get' });
const refused = (path: string, trouble: string, advice: string): unknown =>
  expect.objectContaining({
    code: 'INVALID_REQUEST',
    message: `workflow.get was not sent: ${trouble}`,
    path,
    hint: expect.stringContaining(`${path}: ${advice}`) as unknown,
  });

test('options that are right are passed on as they are', () => {
  const options = { timeoutMs: 5, totalTimeoutMs: 0, signal: new AbortController().signal, retry: undefined };
  expect(checkOptions(get, options)).toBe(options);
  expect(checkOptions(get, undefined)).toEqual({});
  expect(checkOptions(get, null)).toEqual({});
});

test('an unknown option is refused with the one that was probably meant, or with all', () => {
  expect(() => checkOptions(get, { timeout: 5 } as object)).toThrow(
    refused('timeout', 'an option of the call is unknown', 'there is no such option; meant was perhaps timeoutMs.'),
  );
  expect(() => checkOptions(get, { abortWith: 5 } as object)).toThrow(
    refused('abortWith', 'an option of the call is unknown', 'there is no such option; known are signal, timeoutMs,'),
  );
  expect(checkOptions(get, { nothing: undefined } as object)).toEqual({});
});

test.each(['5', Number.NaN, -1, Infinity, null])('a limit of %j is refused', (timeoutMs) => {
  for (const name of ['timeoutMs', 'totalTimeoutMs']) {
    expect(() => checkOptions(get, { [name]: timeoutMs })).toThrow(
      refused(name, 'an option of the call has the wrong type', 'give a number of milliseconds; 0 means no limit.'),
    );
  }
});

test.each([{}, new AbortController(), 'signal', null])('%o is no signal', (signal) => {
  expect(() => checkOptions(get, { signal } as unknown as object)).toThrow(
    refused('signal', 'an option of the call has the wrong type', 'give an AbortSignal: the `signal` of'),
  );
});

test('options that are no object are refused', () => {
  expect(() => checkOptions(get, 5_000 as unknown as object)).toThrow('the options of the call are not an object');
});

test.each([
  ['retry', 'no', 'give true or false.'],
  ['throwOnError', 'false', 'give true or false.'],
  ['withResponse', 1, 'give true or false.'],
  ['ambiguousWrites', 'yes', "give 'fail' or 'retry'."],
  ['idempotencyKey', 7, 'give a text that is not empty.'],
  ['idempotencyKey', '', 'give a text that is not empty.'],
  ['headers', 'x-a: b', 'give an object: Object.fromEntries'],
  ['headers', [['x-a', 'b']], 'give an object: Object.fromEntries'],
  ['headers', new Headers({ 'x-a': 'b' }), 'give an object: Object.fromEntries'],
])('%s: %o is refused and not ignored', (name, value, advice) => {
  expect(() => checkOptions(get, { [name]: value })).toThrow(
    refused(name, 'an option of the call has the wrong type', advice),
  );
});
