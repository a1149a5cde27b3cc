import { inspect } from 'node:util';
import { AmbiguousRequestError, BodyNotReplayableError, TaskUpdateError, TimeoutError } from '@conductor-ts/retry';
import { expect, test, vi } from 'vitest';

const timeout = new TimeoutError({
  code: 'TOTAL_TIMEOUT',
  timeoutMs: 5,
  mayHaveBeenProcessed: true,
  operation: 'task.poll',
  attempts: 2,
  failures: [],
});
const ambiguous = new AmbiguousRequestError({
  operation: 'workflow.start',
  attempts: 1,
  failures: [],
  cause: new Error('reset'),
  response: new Response('secret body', { headers: { a: 'secret header' } }),
});
const stream = new BodyNotReplayableError({ operation: 'POST', mayHaveBeenProcessed: false, cause: undefined });
const update = new TaskUpdateError({
  attempts: 4,
  status: 503,
  cause: undefined,
  taskResult: { x: 'secret result' },
});
const all = [timeout, ambiguous, stream, update];
const classes = { TimeoutError, AmbiguousRequestError, BodyNotReplayableError, TaskUpdateError };
const names = ['TimeoutError', 'AmbiguousRequestError', 'BodyNotReplayableError', 'TaskUpdateError'] as const;

test('instanceof works across two copies of the package, and never for a sibling', async () => {
  vi.resetModules();
  const copy = await import('@conductor-ts/retry');
  expect(copy.TimeoutError).not.toBe(TimeoutError);
  for (const error of all) {
    expect(names.filter((name) => error instanceof classes[name])).toEqual([error.name]);
    expect(names.filter((name) => error instanceof copy[name])).toEqual([error.name]);
  }
});

test('a subclass of a user recognises its own errors only', () => {
  class Mine extends TimeoutError {}
  expect([timeout instanceof Mine, new Mine(timeout) instanceof Mine]).toEqual([false, true]);
  expect(new Mine(timeout)).toBeInstanceOf(TimeoutError);
});

test.each([undefined, null, 'TimeoutError', {}, new Error('x')])('%s is none of ours', (value) => {
  expect(names.filter((name) => value instanceof classes[name])).toEqual([]);
});

test('each says what to do, and its message is the same for two failures of one operation', () => {
  for (const error of all) {
    expect(error.hint.length).toBeGreaterThan(20);
    expect(error.message).not.toMatch(/\d/);
    expect(error.toJSON()).toMatchObject({
      name: error.name,
      code: error.code,
      message: error.message,
      hint: error.hint,
    });
  }
});

test('headers, bodies and results appear neither in JSON nor in an inspection, which stays small', () => {
  for (const error of all) {
    for (const text of [JSON.stringify(error), inspect(error, { depth: null, showHidden: true }), String(error)]) {
      expect(text).not.toContain('secret');
      expect(text.length).toBeLessThan(4_096);
    }
  }
});

test('what was kept out of sight is still there', async () => {
  expect(update.taskResult).toEqual({ x: 'secret result' });
  expect(await ambiguous.response?.text()).toBe('secret body');
});

test('messages and hints, in full', () => {
  const attempt = new TimeoutError({
    code: 'ATTEMPT_TIMEOUT',
    timeoutMs: 5,
    mayHaveBeenProcessed: true,
    operation: 'task.poll',
    attempts: 1,
    failures: [],
  });
  expect([...all, attempt].map(({ message }) => message)).toEqual([
    'task.poll: The call did not end within its total timeout',
    'workflow.start: the request may have been processed, but its answer is unknown',
    'POST: not retried, because a stream as body can be sent only once',
    'The result of the task could not be reported',
    'task.poll: The attempt did not end within its timeout',
  ]);
  expect([ambiguous.hint, timeout.hint, attempt.hint]).toEqual([
    "Look it up (by its id or correlation id) before you send it again. With ambiguousWrites: 'retry' it is sent again, and may be done twice.",
    'Raise totalTimeoutMs: it covers token, attempts, waits and body.',
    'Raise requestTimeoutMs (or timeoutMs of the call) if the server needs longer; 0 means no limit.',
  ]);
});

test('a request in doubt that would fail again in the same way says first how to mend that', () => {
  const known = { operation: 'workflow.start', attempts: 1, failures: [] };
  const cause = Object.assign(new Error('TLS'), { permanent: true, hint: 'Begin the URL with https://.' });
  expect(new AmbiguousRequestError({ ...known, cause }).hint).toMatch(/^Begin the URL with https:\/\/\. Look it up/);
  for (const other of [{ permanent: false, hint: 'Begin.' }, { permanent: true }, undefined, 'text'])
    expect(new AmbiguousRequestError({ ...known, cause: other }).hint).toMatch(/^Look it up/);
});
