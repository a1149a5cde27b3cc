import { getEventListeners } from 'node:events';
import { startConductorServer } from '@conductor-ts/testing';
import { expect, test } from 'vitest';
import {
  ConductorApiError,
  createConductorClient,
  InvalidRequestError,
  type Middleware,
  noopLogger,
  versionGet,
  workflowGet,
} from '../../src/index.ts';
import { shapeResults } from '../../src/runtime/shape-results.ts';
import { holdNoLonger } from '../../src/runtime/too-slow.ts';
import { json, recordingCaller } from '../recording-caller.ts';

const answer = { workflowId: 'w', status: 'RUNNING' };

function shaped(
  respond: () => Response | Promise<Response> = () => json(answer, 200, { 'x-request-id': 'r1' }),
  middleware?: Middleware,
) {
  const { caller, sent, lifetime } = recordingCaller(respond);
  return { caller: shapeResults(caller, { middleware, lifetime, hold: holdNoLonger, protocol: () => 'h2' }), sent };
}

test('by default a call gives its data', async () => {
  expect(await workflowGet(shaped().caller, { workflowId: 'w' })).toEqual(answer);
});

test('withResponse gives what is known of the answer as well', async () => {
  const { data, response } = await workflowGet(shaped().caller, { workflowId: 'w' }, { withResponse: true });
  expect(data).toEqual(answer);
  expect(response).toMatchObject({ status: 200, requestId: 'r1', attempts: 1, protocol: 'h2' });
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(response.elapsedMs).toBeGreaterThanOrEqual(0);
});

test('without throwOnError a refusal is a value, with its answer', async () => {
  const { caller } = shaped(() => json({ message: 'no such thing' }, 404, { 'x-request-id': 'r2' }));
  const { data, error, response } = await workflowGet(caller, { workflowId: 'w' }, { throwOnError: false });
  expect(data).toBeUndefined();
  expect(error).toBeInstanceOf(ConductorApiError);
  expect(response).toMatchObject({ status: 404, requestId: 'r2', attempts: 1 });
});

test('without throwOnError a success looks the same, with no error', async () => {
  const { data, error } = await workflowGet(shaped().caller, { workflowId: 'w' }, { throwOnError: false });
  expect([data, error]).toEqual([answer, undefined]);
});

test('without throwOnError nothing rejects: no refusal of ours, no lost connection, no abort', async () => {
  const { caller } = shaped(() => Promise.reject(new TypeError('fetch failed')));
  const quiet = { throwOnError: false } as const;
  expect((await workflowGet(caller, { workflowId: '' }, quiet)).error).toBeInstanceOf(InvalidRequestError);
  expect(await workflowGet(caller, { workflowId: 'w' }, quiet)).toMatchObject({
    error: { code: 'FETCH_FAILED' },
    response: undefined,
  });
  const aborted = await workflowGet(caller, { workflowId: 'w' }, { ...quiet, signal: AbortSignal.abort('enough') });
  expect(aborted.error?.cause).toBe('enough');
});

test('options of the form do not reach the request', async () => {
  const { caller } = shaped();
  // An unknown option would be refused.
  await expect(versionGet(caller, { withResponse: true, throwOnError: true, timeoutMs: 5 })).resolves.toBeDefined();
});

test('middleware sees each call once, and may change what is sent and what comes back', async () => {
  const seen: string[] = [];
  const middleware: Middleware = (next) => async (call) => {
    seen.push(call.operation.name);
    const result = await next({ ...call, options: { ...call.options, headers: { 'x-tenant': 't1' } } });
    return { ...result, data: { changed: true } };
  };
  const { caller, sent } = shaped(undefined, middleware);
  expect(await workflowGet(caller, { workflowId: 'w' })).toEqual({ changed: true });
  expect(seen).toEqual(['workflow.get']);
  expect(sent[0]?.init.headers['x-tenant']).toBe('t1');
});

test('middleware sees how a call fails, and may answer in its place', async () => {
  const middleware: Middleware = (next) => async (call) => {
    try {
      return await next(call);
    } catch (error) {
      if (!(error instanceof ConductorApiError && error.isNotFound())) throw error;
      return next({ ...call, params: { workflowId: 'other' } });
    }
  };
  const { caller, sent } = shaped(() => (sent.length === 1 ? json({}, 404) : json(answer)), middleware);
  expect(await workflowGet(caller, { workflowId: 'w' })).toEqual(answer);
});

test('middleware that never ends: the total limit and the signal of the call end it all the same', async () => {
  const never: Middleware = () => () => new Promise<never>(() => undefined);
  const { caller } = shaped(undefined, never);
  await expect(workflowGet(caller, { workflowId: 'w' }, { totalTimeoutMs: 20 })).rejects.toMatchObject({
    code: 'TOTAL_TIMEOUT',
    timeoutMs: 20,
    operation: 'workflow.get',
    hint: 'The middleware did not come to its end in time.',
  });
  const controller = new AbortController();
  const { signal } = controller;
  const call = workflowGet(caller, { workflowId: 'w' }, { signal });
  const reason = new Error('enough');
  controller.abort(reason);
  await expect(call).rejects.toBe(reason);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('middleware that does not come to its end after the call: the error counts the attempts that were made', async () => {
  const { caller } = shaped(undefined, (next) => async (call) => {
    await next(call);
    return new Promise<never>(() => undefined);
  });
  await expect(workflowGet(caller, { workflowId: 'w' }, { totalTimeoutMs: 20 })).rejects.toMatchObject({
    code: 'TOTAL_TIMEOUT',
    attempts: 1,
    mayHaveBeenProcessed: true,
  });
});

test('one middleware goes around every way to call', async () => {
  await using server = await startConductorServer();
  const seen: string[] = [];
  const middleware: Middleware = (next) => (call) => {
    seen.push(call.operation.name);
    return next(call);
  };
  const config = { serverUrl: server.url, useEnvVars: false, logger: noopLogger };
  await using client = await createConductorClient(config, undefined, { middleware });
  await client.metadata.getTaskDefs();
  await versionGet(client).catch(() => undefined);
  await client.metadataResource.getTaskDefs();
  await client.get({ url: '/api/metadata/taskdefs' });
  await client.workflow.searchAll().toArray();
  expect(seen).toEqual([
    'metadata.getTaskDefs',
    'version.get',
    'metadata.getTaskDefs',
    'metadata.getTaskDefs',
    'workflow.search',
  ]);
});

test('retry.classify of the client changes a decision', async () => {
  await using server = await startConductorServer();
  server.faults.add({ operation: 'metadata.getTaskDefs', times: 1, fault: { kind: 'status', status: 418 } } as never);
  const config = { serverUrl: server.url, useEnvVars: false, logger: noopLogger };
  await using client = await createConductorClient(config, undefined, {
    retry: {
      initialRetryDelay: 1,
      classify: (outcome) =>
        'status' in outcome && outcome.status === 418 ? { kind: 'unsent', code: 'TEAPOT' } : undefined,
    },
  });
  const { response } = await client.metadata.getTaskDefs({}, { withResponse: true });
  expect(response).toMatchObject({ status: 200, attempts: 2, protocol: 'h1' });
});

test('an option of the form that is no boolean is refused, under middleware too, and null is none', async () => {
  for (const middleware of [undefined, (next) => next] satisfies (Middleware | undefined)[]) {
    const { caller, sent } = shaped(undefined, middleware);
    const call = workflowGet(caller, { workflowId: 'w' }, { throwOnError: 'false' } as never);
    await expect(call).rejects.toMatchObject({ code: 'INVALID_REQUEST', path: 'throwOnError' });
    expect(sent).toEqual([]);
    expect(await workflowGet(caller, { workflowId: 'w' }, null as never)).toEqual(answer);
  }
});

test('what middleware sends late has no more time than is left of the whole call', async () => {
  let nowMs = 1_000;
  const now = (): number => nowMs;
  const { caller, sent, lifetime } = recordingCaller(() => json(answer), { now });
  const middleware: Middleware = (next) => async (call) => {
    nowMs += 300;
    await next(call);
    nowMs += 800;
    await next(call);
    // A limit of its own is only nearer.
    return next({ ...call, options: { totalTimeoutMs: 50 } });
  };
  const shape = { middleware, lifetime, hold: holdNoLonger, now, protocol: (): 'h2' => 'h2' };
  await workflowGet(shapeResults(caller, shape), { workflowId: 'w' }, { totalTimeoutMs: 1_000 });
  const left = sent.map(({ init: { call } }) => (call.totalTimeoutMs ?? 0) - (call.spentMs ?? 0));
  expect(left).toEqual([700, -100, -100]);
  // Without a limit of the whole call each has the one that it is sent with.
  sent.length = 0;
  await workflowGet(shapeResults(caller, shape), { workflowId: 'w' });
  expect(sent.map(({ init }) => init.call.totalTimeoutMs)).toEqual([undefined, undefined, 50]);
  expect(sent[2]?.init.call.spentMs).toBe(0);
});
