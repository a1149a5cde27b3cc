import { getEventListeners } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { createRequestMethods, type RequestMethods } from '../../src/hey-api/create-request-methods.ts';
import { createInterceptors } from '../../src/hey-api/interceptors.ts';
import { createRequestSettings } from '../../src/hey-api/request-settings.ts';
import { replaceErrors, sendThroughInterceptors } from '../../src/hey-api/send-through-interceptors.ts';
import type { CallInit, Fetch } from '../../src/runtime/call.ts';
import { json, recordingCaller, type Sent } from '../recording-caller.ts';

function client(
  answer: (sent: Sent) => Response = () => json({ ok: true }),
  { requestTimeoutMs = 60_000, now = () => performance.now() } = {},
): {
  methods: RequestMethods;
  sent: Sent[];
} {
  const sent: Sent[] = [];
  const fetch: Fetch = (input, init) => {
    const one = { url: input as string, init: init as unknown as CallInit };
    sent.push(one);
    return Promise.resolve(answer(one));
  };
  const settings = createRequestSettings('http://server', fetch);
  const interceptors = createInterceptors();
  const { caller } = recordingCaller(undefined, {
    requestTimeoutMs,
    now,
    send: sendThroughInterceptors(settings, interceptors, now),
    baseUrl: () => settings.get().baseUrl,
    headers: () => settings.get().headers,
    onError: replaceErrors(interceptors),
  });
  return { methods: createRequestMethods(caller, settings, interceptors), sent };
}

test('a request is put together from its path, query, headers and body', async () => {
  const { methods, sent } = client();
  const { data, response } = await methods.post<{ ok: boolean }>({
    url: '/api/tasks/{workflowId}/{status}/signal',
    path: { workflowId: 'a/b', status: 'COMPLETED' },
    query: { tag: ['x', 'y'], skip: undefined },
    headers: { 'X-Trace': 'on' },
    body: { a: 1 },
  });
  expect(sent[0]?.url).toBe('http://server/api/tasks/a%2Fb/COMPLETED/signal?tag=x&tag=y');
  expect(sent[0]?.init).toMatchObject({
    method: 'POST',
    body: '{"a":1}',
    headers: { 'x-trace': 'on', 'content-type': 'application/json' },
  });
  expect(data).toEqual({ ok: true });
  expect(response.status).toBe(200);
});

test('the mark of a known operation holds for a request to its path, an unknown one goes by its method', async () => {
  const { methods, sent } = client();
  await methods.get({ url: '/api/tasks/poll/{type}', path: { type: 't' } });
  await methods.get({ url: '/api/not/known' });
  await methods.post({ url: '/api/not/known' });
  await methods.request({ method: 'DELETE', url: '/api/not/known' });
  expect(sent.map(({ init }) => [init.call.operation, init.call.replay])).toEqual([
    ['task.poll', 'unsafe'],
    ['request', 'safe'],
    ['request', 'unsafe'],
    ['request', 'safe'],
  ]);
});

test.each([
  ['GET', '/api/tasks/poll/mail', 'task.poll', 'unsafe'],
  ['GET', '/api/tasks/poll/batch/mail?count=5', 'task.pollBatch', 'unsafe'],
  ['GET', '/api/tasks/poll/{type}/', 'task.poll', 'unsafe'],
  ['GET', '/api/tasks/{verb}/mail', 'task.poll', 'unsafe'],
  ['GET', '/api/tasks//poll/mail', 'task.poll', 'unsafe'],
  ['GET', '/api/metadata/../tasks/poll/mail#top', 'task.poll', 'unsafe'],
  ['HEAD', '/api/tasks/poll/mail', 'task.poll', 'unsafe'],
  ['GET', '/api/tasks/poll/health', 'task.poll', 'unsafe'],
  ['GET', '/health', 'health.check', 'safe'],
  ['GET', '/api/workflow/execute/order', 'workflow.executeByGet', 'keyed'],
  ['DELETE', '/api/workflow/w1?triggerFailureWorkflow=true', 'workflow.terminate', 'unsafe'],
  ['DELETE', '/api/workflow/w1?triggerFailureWorkflow=ON', 'workflow.terminate', 'unsafe'],
  ['DELETE', '/api/workflow/w1', 'workflow.terminate', 'safe'],
  ['GET', '/api/workflow/%', 'workflow.get', 'safe'],
  ['GET', '/api/workflow/w1', 'workflow.get', 'safe'],
  ['GET', '/api/workflow/search', 'workflow.search', 'safe'],
  ['GET', '/api/tasks/poll/mail/more/than/that', 'request', 'safe'],
  ['get', '/api/tasks/poll/mail', 'task.poll', 'unsafe'],
  ['post', '/api/not/known', 'request', 'unsafe'],
  ['QUERY', '/api/not/known', 'request', 'unsafe'],
])('%s %s is %s, and %s', async (method, url, operation, replay) => {
  const { methods, sent } = client();
  await methods.request({ method: method as 'GET', url, path: { type: 'mail', verb: 'poll' } });
  expect(sent.map(({ init }) => [init.call.operation, init.call.replay])).toEqual([[operation, replay]]);
  expect(sent[0]?.init.method).toBe(method.toUpperCase());
  expect(sent[0]?.url).toBe(`http://server${url.replace('{type}', 'mail').replace('{verb}', 'poll')}`);
});

test('the path of the base URL counts as well', async () => {
  const { methods, sent } = client();
  methods.setConfig({ baseUrl: 'http://server/api' });
  await methods.get({ url: '/tasks/poll/mail' });
  methods.setConfig({ baseUrl: 'http://server/behind/this' });
  await methods.get({ url: '/api/tasks/poll/mail' });
  expect(sent.map(({ init }) => init.call.replay)).toEqual(['unsafe', 'unsafe']);
});

test('a name may stand in path and query with two values', async () => {
  const { methods, sent } = client();
  await methods.get({ url: '/api/jump/{ref}', path: { ref: 'a' }, query: { ref: 'b' } });
  expect(sent[0]?.url).toBe('http://server/api/jump/a?ref=b');
});

test('a failed request rejects by default, and resolves with its error on request', async () => {
  const { methods } = client(() => json({ message: 'gone' }, 404));
  const url = '/api/workflow/{workflowId}';
  const path = { workflowId: 'w' };
  await expect(methods.get({ url, path })).rejects.toMatchObject({ code: 'NOT_FOUND', operation: 'workflow.get' });
  const result = await methods.get({ url, path, throwOnError: false });
  expect(result).toMatchObject({ data: undefined, error: { status: 404, serverMessage: 'gone' } });
  expect(result.response?.status).toBe(404);
});

test('style data gives the data alone', async () => {
  const { methods } = client();
  expect(await methods.get({ url: '/api/x', responseStyle: 'data' })).toEqual({ ok: true });
});

test('a whole URL is refused: the token must not go to another host', async () => {
  const { methods, sent } = client();
  await expect(methods.get({ url: 'http://evil.example/api' })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  await expect(methods.get({ url: '//evil.example/api' })).resolves.toBeDefined();
  expect(sent.map(({ url }) => new URL(url).host)).toEqual(['server']);
});

test('settings change for all later calls; another server is refused', async () => {
  const { methods, sent } = client();
  methods.setConfig({ headers: { 'X-Team': 'a', 'X-Old': 'b' }, baseUrl: 'http://server/base/' });
  methods.setConfig({ headers: { 'x-old': null } });
  await methods.get({ url: '/api/x' });
  expect(sent[0]?.url).toBe('http://server/base/api/x');
  expect(sent[0]?.init.headers).toEqual({ accept: '*/*', 'x-team': 'a' });
  expect(methods.getConfig()).toMatchObject({ baseUrl: 'http://server/base', throwOnError: true });
  expect(() => methods.setConfig({ baseUrl: 'http://other' })).toThrow(
    expect.objectContaining({ code: 'INVALID_REQUEST' }),
  );
  expect(() => methods.setConfig({ baseUrl: '/relative' })).toThrow();
});

test('a fetch that wraps the present one carries all later calls', async () => {
  const { methods, sent } = client();
  const inner = methods.getConfig().fetch;
  const seen: string[] = [];
  methods.setConfig({
    fetch: (input, init) => {
      seen.push(input as string);
      return inner ? inner(input, init) : Promise.reject(new Error('no fetch'));
    },
  });
  await methods.get({ url: '/api/x' });
  expect(seen).toEqual(['http://server/api/x']);
  expect(sent[0]?.init.call.operation).toBe('request');
});

test('the URL can be had without a request', () => {
  const { methods } = client();
  expect(methods.buildUrl({ url: '/api/{a}', path: { a: 'x y' }, query: { b: 1 } })).toBe(
    'http://server/api/x%20y?b=1',
  );
});

test.each(['request', 'response'] as const)(
  'an interceptor of %ss that never ends is left where it is when the call is aborted, and nothing stays on the signal',
  async (kind) => {
    const { methods } = client();
    const { promise: reached, resolve: reach } = deferred();
    methods.interceptors[kind].use(() => (reach(), new Promise<never>(() => undefined)));
    const controller = new AbortController();
    const reason = new Error('enough');
    const call = methods.get({ url: '/api/x', signal: controller.signal });
    await reached;
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  },
);

test.each([
  ['request', { timeoutMs: 20 }, 'ATTEMPT_TIMEOUT'],
  ['request', { totalTimeoutMs: 20 }, 'TOTAL_TIMEOUT'],
  ['response', { timeoutMs: 20 }, 'ATTEMPT_TIMEOUT'],
  ['response', { totalTimeoutMs: 20, timeoutMs: 900_000 }, 'TOTAL_TIMEOUT'],
] as const)('an interceptor of %ss that never ends, with %o: the call ends by %s', async (kind, limits, code) => {
  const { methods, sent } = client();
  methods.interceptors[kind].use(() => new Promise<never>(() => undefined));
  const error = await methods.get({ url: '/api/x', ...limits }).catch((reason: unknown) => reason);
  const answered = kind === 'response';
  expect(error).toMatchObject({ code, timeoutMs: 20, operation: 'request', mayHaveBeenProcessed: answered });
  expect(error).toHaveProperty('hint', `An interceptor of the ${kind} did not come to its end in time.`);
  expect(sent).toHaveLength(answered ? 1 : 0);
});

test.each([
  ['the limit of an attempt', { requestTimeoutMs: 20 }, {}],
  ['the rest of the time of the call', {}, { totalTimeoutMs: 20 }],
])('an interceptor of errors that never ends replaces nothing: after %s the error goes out', async (_, own, limits) => {
  const { methods } = client(() => json({}, 500), own);
  methods.interceptors.error.use((error) => new Error('replaced', { cause: error }));
  methods.interceptors.error.use(() => new Promise<never>(() => undefined));
  await expect(methods.get({ url: '/api/x', ...limits })).rejects.toMatchObject({
    message: 'replaced',
    cause: { status: 500 },
  });
});

test('interceptors of errors share the time that is left: the second has none of what the first has taken', async () => {
  let nowMs = 1000;
  const { methods } = client(() => json({}, 500), { now: () => nowMs });
  const timeouts = vi.spyOn(globalThis, 'setTimeout');
  methods.interceptors.error.use(async (error) => {
    await turn();
    nowMs += 600;
    return error;
  });
  methods.interceptors.error.use((error) => new Error('replaced', { cause: error }));
  const call = methods.get({ url: '/api/x', totalTimeoutMs: 1000 });
  await expect(call).rejects.toMatchObject({ message: 'replaced' });
  const limits = timeouts.mock.calls.map(([, ms]) => ms);
  timeouts.mockRestore();
  expect(limits.slice(-2)).toEqual([1000, 400]);
});

test('interceptors that give nothing have only looked: the call is what it was', async () => {
  const { methods, sent } = client();
  const seen: unknown[] = [];
  methods.interceptors.request.use(((request: Request) => void seen.push(request.method)) as never);
  methods.interceptors.response.use((async (response: Response) => void seen.push(response.status)) as never);
  expect(await methods.post({ url: '/api/x', body: { a: 1 } })).toMatchObject({ data: { ok: true } });
  expect(seen).toEqual(['POST', 200]);
  expect(sent).toHaveLength(1);
});

test('the time that interceptors take counts in that of the whole call', async () => {
  let now = 1000;
  const { methods, sent } = client(undefined, { now: () => now });
  methods.interceptors.request.use((request) => {
    now += 500;
    return request;
  });
  await methods.get({ url: '/api/x', totalTimeoutMs: 1000 });
  expect(sent[0]?.init.call.spentMs).toBe(500);
});

test('an interceptor that ends leaves no listener on the signal under which it ran', async () => {
  const { methods, sent } = client();
  let added: unknown[] = [];
  methods.interceptors.response.use((response) => {
    const { signal } = sent[0]?.init ?? {};
    added = getEventListeners(signal as AbortSignal, 'abort');
    return response;
  });
  await methods.get({ url: '/api/x' });
  const { signal } = sent[0]?.init ?? {};
  // Node's own Request listens as well, as it did when the interceptor was called: what is guarded comes after that.
  await expect.poll(() => getEventListeners(signal as AbortSignal, 'abort')).toEqual(added);
});

test('a call that was aborted while its request was intercepted is not sent', async () => {
  const { methods, sent } = client();
  const controller = new AbortController();
  methods.interceptors.request.use((request) => {
    controller.abort(new Error('enough'));
    return request;
  });
  await expect(methods.get({ url: '/api/x', signal: controller.signal })).rejects.toThrow('enough');
  expect(sent).toEqual([]);
});

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

test('interceptors see and change request, response and error of every call, until they are taken out', async () => {
  const { methods, sent } = client(({ url }) => json({ url }, url.includes('bad') ? 500 : 200));
  const seen: string[] = [];
  const first = methods.interceptors.request.use((request) => {
    seen.push(`${request.method} ${request.url}`);
    const changed = new Request(request);
    changed.headers.set('x-added', '1');
    return changed;
  });
  methods.interceptors.response.use((response) => {
    seen.push(String(response.status));
    return response;
  });
  methods.interceptors.error.use((error) => new Error('replaced', { cause: error }));

  const { request } = await methods.post({ url: '/api/x', body: { a: 1 } });
  expect(request?.headers.get('x-added')).toBe('1');
  expect(sent[0]?.init.headers['x-added']).toBe('1');
  expect(Buffer.from(sent[0]?.init.body as Uint8Array).toString()).toBe('{"a":1}');
  await expect(methods.get({ url: '/api/bad' })).rejects.toThrow('replaced');
  expect(seen).toEqual(['POST http://server/api/x', '200', 'GET http://server/api/bad', '500']);

  methods.interceptors.request.eject(first);
  await methods.get({ url: '/api/x' });
  expect(sent[2]?.init.headers['x-added']).toBeUndefined();
});
