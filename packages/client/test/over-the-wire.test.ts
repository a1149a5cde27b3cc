import { startConductorServer } from '@conductor-ts/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  ConductorApiError,
  type ConductorClient,
  createConductorClient,
  type Middleware,
  noopLogger,
  type OrkesApiConfig,
} from '../src/index.ts';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'over-the-wire-'));
});
afterAll(() => rm(directory, { recursive: true }));

const open = (config: OrkesApiConfig, middleware?: Middleware): Promise<ConductorClient> =>
  createConductorClient({ useEnvVars: false, logger: noopLogger, ...config }, undefined, { middleware });

const SECRET_COOKIE = 'session=marker-4711';

test('a success can be had with its status, headers, request id, attempts and protocol, and a refusal carries the same', async () => {
  await using server = await startConductorServer({ tls: true, http2: true });
  const { caPath } = await server.writeCertificates(directory);
  await using client = await open({ serverUrl: server.url, tlsCaPath: caPath });
  const headers = { 'x-request-id': 'r-1', 'set-cookie': SECRET_COOKIE, 'content-type': 'application/json' };
  server.faults.answer(200, { path: '/api/workflow/there', headers, body: '{"workflowId":"there"}' });
  server.faults.answer(409, { path: '/api/workflow/taken', headers, body: '{"message":"it runs"}' });

  const { data, response } = await client.workflow.get({ workflowId: 'there' }, { withResponse: true });
  expect(data.workflowId).toBe('there');
  expect(response).toMatchObject({ status: 200, requestId: 'r-1', attempts: 1, protocol: 'h2' });
  expect(response.headers.get('set-cookie')).toBe(SECRET_COOKIE);

  const error: unknown = await client.workflow.get({ workflowId: 'taken' }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ConductorApiError);
  expect(error).toMatchObject({ status: 409, requestId: 'r-1', attempts: 1, protocol: 'h2', serverMessage: 'it runs' });
  expect((error as ConductorApiError).headers?.get('set-cookie')).toBe(SECRET_COOKIE);
  // They are there for whoever asks, and for no log.
  for (const text of [JSON.stringify(error), inspect(error, { depth: null, showHidden: true }), String(error)]) {
    expect(text).not.toContain('marker-4711');
  }

  const settled = await client.workflow.get({ workflowId: 'taken' }, { throwOnError: false });
  expect(settled.response).toMatchObject({ status: 409, requestId: 'r-1', attempts: 1, protocol: 'h2' });
});

test('what a newer server has made up arrives, and goes back unchanged: members of enums, fields, and what they hold', async () => {
  await using server = await startConductorServer({ responder: 'all' });
  await using client = await open({ serverUrl: server.url });
  const future = {
    name: 'order',
    version: 3,
    timeoutPolicy: 'ASK_SOMEBODY',
    moonPhase: { isFull: true, since: [1, null] },
    tasks: [{ name: 'a', taskReferenceName: 'a', type: 'TELEPATHY', strength: 0.5 }],
  };
  server.faults.answer(200, { path: '/api/metadata/workflow/order', body: JSON.stringify(future) });
  const definition = await client.metadata.getWorkflowDef({ name: 'order' });
  expect(definition).toEqual(future);
  await client.metadata.updateWorkflowDefs({ body: [definition] });
  expect(JSON.parse(server.received.at(-1)?.body ?? '')).toEqual([future]);
});

test('two failures of one kind have one message, whatever was asked for; what varies stands in fields', async () => {
  await using server = await startConductorServer();
  await using client = await open({ serverUrl: server.url });
  const errors = await Promise.all(
    ['first-id', 'second-id'].map(async (workflowId) => {
      const { error } = await client.workflow.get({ workflowId }, { throwOnError: false });
      return error as ConductorApiError;
    }),
  );
  expect(errors.map(({ message }) => message)).toEqual([
    'workflow.get failed: not found',
    'workflow.get failed: not found',
  ]);
  expect(errors.map(({ serverMessage }) => serverMessage?.includes('-id'))).toEqual([true, true]);
  expect(errors[0]?.serverMessage).not.toBe(errors[1]?.serverMessage);
});

test('a request that is too large for the server says how much was sent', async () => {
  await using server = await startConductorServer();
  server.faults.answer(413, { path: '/api/workflow' });
  await using client = await open({ serverUrl: server.url });
  const body = { name: 'order', input: { text: 'é'.repeat(10_000) } };
  await expect(client.workflow.start({ body })).rejects.toMatchObject({
    code: 'PAYLOAD_TOO_LARGE',
    status: 413,
    sentBytes: new TextEncoder().encode(JSON.stringify(body)).length,
    hint: expect.stringContaining('sentBytes') as unknown,
  });
});

test('what JSON would lose is refused by its place in the body, and nothing is sent, with an idempotency key too', async () => {
  await using server = await startConductorServer({ mode: 'orkes' });
  await using client = await open({ serverUrl: server.url });
  const input = { items: [{}, {}, {}, { when: new Map() }] };
  for (const options of [{}, { idempotencyKey: 'k' }]) {
    await expect(client.workflow.start({ body: { name: 'order', input } }, options)).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      path: 'input.items[3].when',
    });
  }
  expect(server.counts().requests).toBe(0);
});

test('one middleware around every call may change what is sent and what comes back, on the wire', async () => {
  await using server = await startConductorServer();
  const middleware: Middleware = (next) => async (call) => {
    const done = await next({ ...call, options: { ...call.options, headers: { 'x-tenant': 'blue' } } });
    return call.operation.name === 'version.get' ? { ...done, data: `v${String(done.data)}` } : done;
  };
  await using client = await open({ serverUrl: server.url }, middleware);
  const { data } = await client.version.get({ withResponse: true });
  expect(data).toMatch(/^v/);
  await client.metadataResource.getTaskDefs();
  expect(server.received.map(({ headers }) => headers['x-tenant'])).toEqual(['blue', 'blue']);
});
