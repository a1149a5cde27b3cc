import { getEventListeners } from 'node:events';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { ConductorApiError } from '../../src/errors/conductor-api-error.ts';
import type { ConductorSdkError } from '../../src/errors/conductor-sdk-error.ts';
import { UnsupportedByServerError } from '../../src/errors/unsupported-by-server-error.ts';
import { WAIT_MARGIN_MS } from '../../src/runtime/attempt-timeout.ts';
import type { ServerFamily } from '../../src/server-family.ts';
import { anOperation } from '../operations.ts';
import { json, recordingCaller } from '../recording-caller.ts';

const family = (known: ServerFamily) => ({
  family: { current: () => known, learn: () => Promise.resolve(known) },
});

const get = anOperation({ name: 'workflow.get', path: ['/api/workflow/', ''], pathParams: ['workflowId'] });
const start = anOperation({
  name: 'workflow.startByName',
  method: 'POST',
  path: ['/api/workflow/', ''],
  pathParams: ['name'],
  headerParams: ['X-Idempotency-key', 'X-on-conflict'],
  body: 'json',
  replay: 'keyed',
  idempotencyKey: 'header',
  response: 'text',
});
const startBody = anOperation({
  name: 'workflow.start',
  method: 'POST',
  body: 'json',
  replay: 'keyed',
  idempotencyKey: 'body',
  response: 'text',
});

async function failureOf(promise: Promise<unknown>): Promise<ConductorApiError> {
  return promise.then(
    () => Promise.reject(new Error('the call succeeded')),
    (error: unknown) => error as ConductorApiError,
  );
}

test('a call carries its name, its mark and its limits to the layers below', async () => {
  const { caller, sent } = recordingCaller();
  await caller.execute(get, { workflowId: 'w' }, { totalTimeoutMs: 5, ambiguousWrites: 'retry', retry: false });
  expect(sent[0]?.url).toBe('http://server/api/workflow/w');
  expect(sent[0]?.init).toMatchObject({
    method: 'GET',
    call: {
      operation: 'workflow.get',
      replay: 'safe',
      timeoutMs: 60_000,
      totalTimeoutMs: 5,
      ambiguousWrites: 'retry',
      retry: false,
    },
  });
  expect(sent[0]?.init.body).toBeUndefined();
});

test.each([
  [{}, undefined, 60_000],
  [{ timeout: 55_000 }, undefined, 65_000],
  [{ timeout: 600_000 }, undefined, 600_000 + WAIT_MARGIN_MS],
  [{ timeout: 600_000 }, 1_000, 1_000],
])('a poll of %j with timeoutMs %s may take %s ms', async (params, timeoutMs, expected) => {
  const poll = anOperation({ queryParams: ['timeout'], wait: { param: 'timeout', unit: 'ms', defaultValue: 100 } });
  const { caller, sent } = recordingCaller();
  await caller.execute(poll, params, { timeoutMs });
  expect(sent[0]?.init.call.timeoutMs).toBe(expected);
});

test('a wait in seconds counts in seconds, and no limit stays no limit', async () => {
  const execute = anOperation({ headerParams: ['waitForSeconds'], wait: { param: 'waitForSeconds', unit: 's' } });
  const { caller, sent } = recordingCaller();
  await caller.execute(execute, { waitForSeconds: 120 });
  expect(sent[0]?.init.call.timeoutMs).toBe(130_000);
  const unlimited = recordingCaller(undefined, { requestTimeoutMs: 0 });
  await unlimited.caller.execute(execute, { waitForSeconds: 120 });
  expect(unlimited.sent[0]?.init.call.timeoutMs).toBe(0);
});

test('a parameter can change what may be sent twice', async () => {
  const register = anOperation({
    queryParams: ['overwrite'],
    replay: 'unsafe',
    replayWhen: [{ param: 'overwrite', is: true, replay: 'safe' }],
  });
  const { caller, sent } = recordingCaller();
  await caller.execute(register, { overwrite: true });
  await caller.execute(register, { overwrite: false });
  expect(sent.map(({ init }) => init.call.replay)).toEqual(['safe', 'unsafe']);
});

test('so can a member of the body, whatever the body is', async () => {
  const update = anOperation({
    method: 'POST',
    body: 'any',
    replay: 'safe',
    replayWhen: [
      { param: 'body.extendLease', is: true, replay: 'safe' },
      { param: 'body.status', is: 'IN_PROGRESS', replay: 'unsafe' },
    ],
  });
  const { caller, sent } = recordingCaller();
  const bodies = [
    { status: 'IN_PROGRESS', extendLease: true },
    { status: 'IN_PROGRESS' },
    {},
    'status',
    null,
    undefined,
  ];
  for (const body of bodies) await caller.execute(update, { body });
  expect(sent.map(({ init }) => init.call.replay)).toEqual(['safe', 'unsafe', 'safe', 'safe', 'safe', 'safe']);
});

test('an idempotency key goes where the operation takes it, and asks for the first result', async () => {
  const { caller, sent } = recordingCaller(undefined, family('orkes'));
  await caller.execute(start, { name: 'w', body: {} }, { idempotencyKey: 'k1' });
  await caller.execute(startBody, { body: { name: 'w' } }, { idempotencyKey: 'k2' });
  expect(sent[0]?.init.headers).toMatchObject({ 'x-idempotency-key': 'k1', 'x-on-conflict': 'RETURN_EXISTING' });
  expect(JSON.parse(String(sent[1]?.init.body))).toEqual({
    name: 'w',
    idempotencyKey: 'k2',
    idempotencyStrategy: 'RETURN_EXISTING',
  });
  expect(sent.map(({ init }) => init.call.idempotencyKey)).toEqual(['k1', 'k2']);
});

test('a strategy that the caller names stays, and a key among the parameters counts as one', async () => {
  const { caller, sent } = recordingCaller(undefined, family('orkes'));
  await caller.execute(start, { name: 'w', body: {}, 'X-Idempotency-key': 'k', 'X-on-conflict': 'FAIL' });
  await caller.execute(startBody, { body: { idempotencyKey: 'k' } });
  expect(sent[0]?.init.headers['x-on-conflict']).toBe('FAIL');
  expect(sent.map(({ init }) => init.call.idempotencyKey)).toEqual(['k', 'k']);
});

test('on a server that ignores keys, a keyed start counts as one without', async () => {
  const { caller, sent } = recordingCaller(undefined, family('oss'));
  await caller.execute(start, { name: 'w', body: {} }, { idempotencyKey: 'k' });
  expect(sent[0]?.init.headers['x-idempotency-key']).toBe('k');
  expect(sent[0]?.init.call.idempotencyKey).toBeUndefined();
});

test('a key for an operation that takes none is refused before anything is sent', async () => {
  const { caller, sent } = recordingCaller();
  const error = await failureOf(caller.execute(get, { workflowId: 'w' }, { idempotencyKey: 'k' }));
  expect(error).toMatchObject({ code: 'INVALID_REQUEST', path: 'idempotencyKey' });
  expect(sent).toHaveLength(0);
});

test('an error answer becomes an error with all that the server said', async () => {
  const { caller } = recordingCaller(() =>
    json(
      {
        status: 400,
        message: 'Validation failed',
        retryable: false,
        validationErrors: [{ path: 'body.name', message: 'must not be empty', invalidValue: 'x' }],
      },
      400,
      { 'x-request-id': 'r1', 'retry-after': '3' },
    ),
  );
  const error = await failureOf(caller.execute(startBody, { body: { name: '' } }));
  expect(error).toBeInstanceOf(ConductorApiError);
  expect(error).toMatchObject({
    name: 'ConductorApiError',
    code: 'BAD_REQUEST',
    status: 400,
    serverMessage: 'Validation failed',
    validationErrors: [{ path: 'body.name', message: 'must not be empty' }],
    retryable: false,
    retryAfterMs: 3000,
    requestId: 'r1',
    operation: 'workflow.start',
    method: 'POST',
    pathTemplate: '/api/thing',
    attempts: 1,
    sentBytes: 11,
  });
});

test.each([
  ['bare text that says it is JSON', 'env-backed secrets are read-only', 501, 'env-backed secrets are read-only'],
  ['a page of HTML', '<html>Bad Gateway</html>', 502, undefined],
  ['nothing', '', 404, undefined],
  ['a list', '[1]', 500, undefined],
  ['members of the wrong type', '{"message":7,"validationErrors":{},"retryable":"x"}', 500, undefined],
])('an error answer of %s is no trouble', async (_, body, status, serverMessage) => {
  const { caller } = recordingCaller(
    () => new Response(body, { status, headers: { 'content-type': 'application/json' } }),
  );
  const error = await failureOf(caller.execute(get, { workflowId: 'w' }));
  expect(error).toMatchObject({ status, serverMessage });
});

test('the message is the same for two failures of one kind, and holds nothing that varies', async () => {
  const { caller } = recordingCaller(({ url }) => json({ message: `No such workflow: ${url}` }, 404));
  const first = await failureOf(caller.execute(get, { workflowId: 'one-77' }));
  const second = await failureOf(caller.execute(get, { workflowId: 'two-88' }));
  expect(first.message).toBe('workflow.get failed: not found');
  expect(second.message).toBe(first.message);
  expect(first.isNotFound()).toBe(true);
  expect(first.isConflict() || first.isAuth() || first.isRateLimited() || first.isServerError()).toBe(false);
});

test.each([404, 405, 500, 501])('%s on an operation that only Orkes has says so', async (status) => {
  const orkesOnly = anOperation({ name: 'secret.get', server: 'orkes' });
  const { caller } = recordingCaller(() => json({}, status), family('oss'));
  const error = await failureOf(caller.execute(orkesOnly, {}));
  expect(error).toBeInstanceOf(UnsupportedByServerError);
  expect(error).toMatchObject({ code: 'UNSUPPORTED_BY_SERVER', serverFamily: 'oss', status, retryable: false });
  expect(error.message).toBe('secret.get failed: this operation needs Orkes Conductor');
  expect(error.isNotFound()).toBe(false);
});

test.each([
  ['/webhook/', 'UNSUPPORTED_BY_SERVER'],
  // There no server shows its user interface: the address is wrong.
  ['/api/secrets/', 'PARSE_FAILED'],
])('a web page in place of the answer to an operation that only Orkes has, under %s, is %s', async (path, code) => {
  const page = (): Response => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } });
  const { caller } = recordingCaller(page, family('oss'));
  const error = await failureOf(caller.execute(anOperation({ server: 'orkes', path: [path] }), {}));
  expect(error).toMatchObject({ code, status: 200, operation: 'thing.get' });
});

test.each([404, 405])('%s on an operation that only the open-source server has says so', async (status) => {
  const { caller } = recordingCaller(() => json({}, status), family('orkes'));
  const error = await failureOf(caller.execute(anOperation({ server: 'oss' }), {}));
  expect(error).toMatchObject({ code: 'UNSUPPORTED_BY_SERVER', serverFamily: 'orkes' });
});

test.each([
  ['orkes', 400, 'oss', 'BAD_REQUEST'],
  ['orkes', 401, 'oss', 'UNAUTHENTICATED'],
  ['orkes', 429, 'oss', 'RATE_LIMITED'],
  ['orkes', 503, 'oss', 'UNAVAILABLE'],
  ['orkes', 404, 'orkes', 'NOT_FOUND'],
  ['orkes', 404, 'unknown', 'NOT_FOUND'],
  ['oss', 500, 'orkes', 'SERVER_ERROR'],
  ['both', 404, 'oss', 'NOT_FOUND'],
] as const)(
  'an operation marked %s, answered %s by a server known as %s, is %s',
  async (server, status, known, code) => {
    const { caller } = recordingCaller(() => json({ message: 'No static resource' }, status), family(known));
    expect(await failureOf(caller.execute(anOperation({ server }), {}))).toMatchObject({ code });
  },
);

test('a name that the open-source server cannot reach is refused there before it is sent', async () => {
  const { caller, sent } = recordingCaller(undefined, family('oss'));
  const error = await failureOf(caller.execute(get, { workflowId: 'a/b' }));
  expect(error).toMatchObject({ code: 'INVALID_REQUEST', path: 'workflowId', operation: 'workflow.get', attempts: 0 });
  expect(sent).toHaveLength(0);
});

test.each(['unknown', 'orkes'] as const)('on a server known as %s it is sent', async (known) => {
  const { caller, sent } = recordingCaller(undefined, family(known));
  await caller.execute(get, { workflowId: 'a/b' });
  expect(sent).toHaveLength(1);
});

test('only a call that looks refused asks for the family before it is sent', async () => {
  let asked = 0;
  const { caller } = recordingCaller(undefined, {
    family: { current: () => 'unknown', learn: () => ((asked += 1), Promise.resolve('unknown')) },
  });
  await caller.execute(get, { workflowId: 'a' });
  expect(asked).toBe(0);
  await caller.execute(get, { workflowId: 'a/b' });
  expect(asked).toBe(1);
});

test.each([
  ['Conductor', json({ status: 400, message: 'no' }, 400)],
  ['its HTTP layer', new Response('<!doctype html>', { status: 400, headers: { 'content-type': 'text/html' } })],
  ['a gateway', new Response('', { status: 414 })],
])('where such a call was sent and %s refuses it, the hint says why', async (_, answer) => {
  const { caller } = recordingCaller(() => answer, family('orkes'));
  const error = await failureOf(caller.execute(get, { workflowId: 'a/b' }));
  expect(error.hint).toMatch(/^workflowId: holds a slash/);
});

test.each([
  ['a firewall that says 403 in plain words', new Response('Forbidden', { status: 403 }), true],
  ['a proxy that says 403 and nothing', new Response(null, { status: 403 }), true],
  ['a login gateway', new Response('<html>', { status: 401 }), true],
  ['another web server', new Response('<html>', { status: 404 }), true],
  ['Conductor, which lacks a permission', json({ status: 403, message: 'no' }, 403), false],
  ['Conductor, which has no such task', new Response(null, { status: 404 }), false],
])('the hint tells whether the refusal of %s is one of Conductor', async (_, answer, elsewhere) => {
  const { caller } = recordingCaller(() => answer);
  const { hint } = await failureOf(caller.execute(get, { workflowId: 'w' }));
  expect(hint?.startsWith('This answer is not from Conductor') ?? false).toBe(elsewhere);
});

test('a 400 that is a web page comes from below Conductor, and the hint says so', async () => {
  const page = (): Response => new Response('<html>', { status: 400, headers: { 'content-type': 'text/html' } });
  const { caller } = recordingCaller(page);
  const error = await failureOf(caller.execute(get, { workflowId: 'a' }));
  expect(error).toMatchObject({ code: 'BAD_REQUEST', serverMessage: undefined });
  expect(error.hint).toContain('before Conductor saw it');
});

test('an error of the layers below gets the facts of its call, and keeps its own', async () => {
  const below = Object.assign(new Error('lost'), { code: 'ECONNRESET', attempts: 9 });
  Object.defineProperty(below, Symbol.for('@conductor-ts/error'), { value: ['TransportError'] });
  const { caller } = recordingCaller(() => Promise.reject(below));
  const error = await failureOf(caller.execute(get, { workflowId: 'w' }));
  expect(error).toBe(below);
  expect(error).toMatchObject({ operation: 'workflow.get', pathTemplate: '/api/workflow/{workflowId}', attempts: 9 });
});

test('an error of a foreign fetch becomes the cause of one of ours', async () => {
  const cause = new TypeError('fetch failed');
  const { caller } = recordingCaller(() => Promise.reject(cause));
  const error = (await failureOf(caller.execute(get, { workflowId: 'w' }))) as ConductorSdkError;
  expect(error).toMatchObject({ name: 'ConductorSdkError', code: 'FETCH_FAILED', operation: 'workflow.get', cause });
});

test("an aborted call rejects with the signal's own reason, and leaves no listener", async () => {
  const controller = new AbortController();
  const { caller } = recordingCaller(
    ({ init }) => new Promise((_, reject) => init.signal?.addEventListener('abort', () => reject(new Error('late')))),
  );
  const call = caller.execute(get, { workflowId: 'w' }, { signal: controller.signal });
  const reason = { mine: true };
  controller.abort(reason);
  await expect(call).rejects.toBe(reason);
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
});

test('a call whose options are refused is none in flight, for which closing would wait', async () => {
  const { caller, lifetime } = recordingCaller();
  const call = caller.execute(get, { workflowId: 'w' }, { signal: {} as AbortSignal });
  await expect(call).rejects.toMatchObject({ code: 'INVALID_REQUEST', path: 'signal' });
  expect(lifetime.inFlight).toBe(0);
});

test('a thousand calls under one signal leave no listener on it', async () => {
  const { signal } = new AbortController();
  const { caller } = recordingCaller();
  for (let index = 0; index < 1_000; index += 1) await caller.execute(get, { workflowId: 'w' }, { signal });
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});

test('whatever the server says, the inspected error stays under 4 KB', async () => {
  const problem = { path: 'p'.repeat(9000), message: 'm'.repeat(9000) };
  const { caller } = recordingCaller(() =>
    json(
      {
        message: 'x'.repeat(9000),
        error: 'E'.repeat(9000),
        validationErrors: Array.from({ length: 500 }, () => problem),
      },
      400,
    ),
  );
  const error = await failureOf(caller.execute(get, { workflowId: 'w' }));
  expect(inspect(error, { depth: null, showHidden: true }).length).toBeLessThan(4096);
});

test('a server message is bounded and holds no known secret', async () => {
  const { caller } = recordingCaller(() => json({ message: `token s3cret refused ${'x'.repeat(9000)}` }, 401), {
    redact: (text) => text.replaceAll('s3cret', '[redacted]'),
  });
  const error = await failureOf(caller.execute(get, { workflowId: 'w' }));
  expect(error.serverMessage).toContain('[redacted]');
  expect(error.serverMessage?.length).toBeLessThanOrEqual(600);
  expect(error.isAuth()).toBe(true);
});

test('where what replaces errors throws, the call is over all the same, and nothing is left on its signal', async () => {
  const broken = new Error('broken');
  const { caller, lifetime } = recordingCaller(() => json({}, 500), { onError: () => Promise.reject(broken) });
  const { signal } = new AbortController();
  expect(await failureOf(caller.execute(get, { workflowId: 'w' }, { signal }))).toBe(broken);
  expect(lifetime.inFlight).toBe(0);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('a signal that gives no reason, as polyfills do, ends a call with an error', async () => {
  const signal = Object.assign(new EventTarget(), { aborted: false }) as unknown as AbortSignal & { aborted: boolean };
  const { caller } = recordingCaller(async ({ init }) => {
    signal.aborted = true;
    signal.dispatchEvent(new Event('abort'));
    throw init.signal?.reason;
  });
  expect(await failureOf(caller.execute(get, { workflowId: 'w' }, { signal }))).toMatchObject({ name: 'AbortError' });
});

test('the limit of a call counts by the clock that was given', async () => {
  let nowMs = 0;
  const limits: (number | undefined)[] = [];
  const { caller, sent } = recordingCaller(() => json({}, 404), {
    now: () => nowMs,
    family: {
      current: () => 'unknown',
      learn: (_, limitMs) => {
        limits.push(limitMs);
        nowMs += 300;
        return Promise.resolve('orkes');
      },
    },
  });
  const call = caller.execute(
    { ...startBody, server: 'oss' },
    { body: { name: 'w' } },
    { totalTimeoutMs: 1_000, idempotencyKey: 'k' },
  );
  expect(await failureOf(call)).toMatchObject({ elapsedMs: 300 });
  expect(sent[0]?.init.call.spentMs).toBe(300);
  expect(limits).toEqual([1_000, 700]);
});

test('the question which server it is may take what is left of the total limit, of the call or else of the client', async () => {
  const limits: unknown[] = [];
  const { caller } = recordingCaller(undefined, {
    totalTimeoutMs: 900,
    now: () => 0,
    family: { current: () => 'unknown', learn: async (_, limitMs) => (limits.push(limitMs), 'unknown' as const) },
  });
  for (const totalTimeoutMs of [undefined, 300, 0]) {
    await caller.execute(startBody, { body: {} }, { idempotencyKey: 'k', totalTimeoutMs });
  }
  expect(limits).toEqual([900, 300, Infinity]);
});
