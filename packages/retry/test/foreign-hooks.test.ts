import { getEventListeners } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { wrapFetchWithRetry } from '@conductor-ts/retry';
import type { Call, Fetch, RetryFetchOptions } from '@conductor-ts/retry';
import { expect, test } from 'vitest';
import { fakeTime } from './fake-time.ts';
import { refused, reset, scriptedFetch, type Step } from './scripted-fetch.ts';

const start: Call = { operation: 'workflow.start', replay: 'unsafe' };
const rejected = (): Response => new Response(null, { status: 401 });
const throwing = (): never => {
  throw new Error('a hook has thrown');
};

type Hooks = (abort: () => void) => RetryFetchOptions;

test.each<[string, Step, Hooks]>([
  ['onRetry, before a replay', rejected(), (abort) => ({ ...tokens(), onRetry: abort })],
  ['onRetry, before a wait', refused(), (abort) => ({ onRetry: abort })],
  ['classify', refused(), (abort) => ({ classify: () => (abort(), undefined) })],
  ['the logger', refused(), (abort) => ({ logger: { debug: abort, info() {}, warn() {} } })],
  ['random', refused(), (abort) => ({ random: () => (abort(), 0.5) })],
  ['a wait that is over in the same turn', refused(), (abort) => ({ sleep: async () => abort() })],
  ['refreshToken', rejected(), (abort) => tokens({ refreshToken: () => (abort(), 'new') })],
  ['a second getToken', refused(), (abort) => tokens({ getToken: secondTime(abort) })],
])('an abort from within %s ends the call with its reason, and nothing more is sent', async (_hook, step, hooks) => {
  const controller = new AbortController();
  const reason = new Error('enough');
  const fetch = scriptedFetch(step, () => new Response('carried out after the abort'));
  const options = { ...fakeTime(), ...hooks(() => controller.abort(reason)) };
  const call = { ...start };
  const failed = wrapFetchWithRetry(fetch, options)('http://a', { signal: controller.signal, call });
  await expect(failed).rejects.toBe(reason);
  expect(fetch.sent).toHaveLength(1);
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
});

test.each<[string, () => unknown]>([
  ['throws', throwing],
  ['is async', async () => ({ kind: 'unsent' })],
  ['is async and throws', async () => throwing()],
])(
  'a classify that %s decides nothing: what is in doubt stays in doubt, a success is a success, and the log says so',
  async (_, hook) => {
    const lines: unknown[] = [];
    const logger = { debug() {}, info() {}, warn: (...line: unknown[]) => void lines.push(line) };
    const options = { ...fakeTime(), classify: hook as () => undefined, logger };
    const lost = wrapFetchWithRetry(scriptedFetch(reset()), options)('http://a', {
      method: 'POST',
      call: { ...start },
    });
    await expect(lost).rejects.toMatchObject({ code: 'AMBIGUOUS_REQUEST' });
    expect(lines[0]).toEqual(['classify gave no outcome', { operation: 'workflow.start' }]);
    const response = await wrapFetchWithRetry(scriptedFetch(new Response('done')), options)('http://a');
    expect(await response.text()).toBe('done');
  },
);

test.each<[string, () => unknown]>([
  ['rejects', () => Promise.reject(new Error('no token'))],
  ['throws', throwing],
])('a token source that %s after a lost answer leaves the call in doubt', async (_how, second) => {
  let asked = 0;
  const getToken = (): string => {
    asked += 1;
    return asked === 1 ? 'token' : (second() as string);
  };
  const lost = reset();
  const retrying = wrapFetchWithRetry(scriptedFetch(lost), { ...fakeTime(), ...tokens({ getToken }) });
  const failed = retrying('http://a', { method: 'PUT' }).catch((error: unknown) => error);
  expect(await failed).toMatchObject({ code: 'AMBIGUOUS_REQUEST', attempts: 2 });
  expect(((await failed) as Error).cause).toBe(lost);
  asked = 1;
  // Nothing has been sent: then it is just the error of the source.
  await expect(retrying('http://a', { method: 'PUT' })).rejects.toThrow(/no token|a hook has thrown/);
});

test('a refresh that gives null gives no token: the 401 is handed out, and the refused token is not sent again', async () => {
  for (const none of [null, Promise.resolve(null)]) {
    const fetch = scriptedFetch(rejected());
    const options = tokens({ refreshToken: () => none as unknown as undefined });
    expect((await wrapFetchWithRetry(fetch, options)('http://a')).status).toBe(401);
    expect(fetch.sent).toHaveLength(1);
  }
});

test.each([
  ['a request that could not be sent', refused()],
  ['an attempt without an answer', () => new Promise<Response>(() => undefined)],
])('a write that a gateway gave up on, and then %s: it is in doubt', async (_what, step) => {
  const options = { ...fakeTime(), retryServerErrors: true, maxTransportRetries: 1, requestTimeoutMs: 20 };
  const fetch = scriptedFetch(new Response(null, { status: 502 }), step);
  await expect(wrapFetchWithRetry(fetch, options)('http://a', { method: 'PUT' })).rejects.toMatchObject({
    mayHaveBeenProcessed: true,
  });
});

test('the promises of a platform in another context, as under Jest, are waited for, and a body that breaks off is heard', async () => {
  const Foreign = runInNewContext('Promise') as PromiseConstructor;
  const bodies = [Foreign.reject(reset()), Foreign.resolve(new TextEncoder().encode('{"a":1}'))];
  const fetch: Fetch = async () => {
    const bytes = bodies.shift() as Promise<Uint8Array>;
    return { status: 200, headers: new Headers(), bytes: () => bytes } as unknown as Response;
  };
  const call: Call = { operation: 'workflow.get', replay: 'safe' };
  const response = await wrapFetchWithRetry(fetch, fakeTime())('http://a', { call });
  expect([await response.json(), call.attempts]).toEqual([{ a: 1 }, 2]);
  await setImmediate();
});

test('whoever keeps only the stream of an answer can still abort it when the answer itself has been collected', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const controller = new AbortController();
  const fetch: Fetch = async () => new Response(new ReadableStream());
  const read = async (): Promise<unknown> => {
    const { body } = await wrapFetchWithRetry(fetch)('http://a', { signal: controller.signal });
    return body?.getReader().read();
  };
  const reading = read();
  reading.catch(() => undefined);
  // A finalizer runs in a turn of its own.
  for (let turn = 0; turn < 10; turn += 1) {
    collect();
    await setImmediate();
  }
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
  controller.abort('enough');
  await expect(reading).rejects.toBe('enough');
});

test('an answer that nobody has looked at leaves no listener when it is collected', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const { signal } = new AbortController();
  await wrapFetchWithRetry(async () => new Response('x'))('http://a', { signal });
  await expect
    .poll(() => {
      collect();
      return getEventListeners(signal, 'abort').length;
    })
    .toBe(0);
});

function tokens(own: Partial<NonNullable<RetryFetchOptions['tokens']>> = {}): Pick<RetryFetchOptions, 'tokens'> {
  return { tokens: { getToken: () => 'old', refreshToken: () => 'new', ...own } };
}

function secondTime(act: () => void): () => string {
  let times = 0;
  return () => {
    times += 1;
    if (times === 2) act();
    return 'token';
  };
}
