import { startConductorServer } from '@conductor-ts/testing';
import { createServer, type ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import {
  type ClientOptions,
  type ConductorClient,
  ConductorSdkError,
  createClient,
  createConductorClient,
  noopLogger,
  type OrkesApiConfig,
  workflowGet,
} from '../../src/index.ts';

const SECRET = 'marker-secret-4711';
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

async function client(config: OrkesApiConfig, options: ClientOptions = {}): Promise<ConductorClient> {
  const made = await createConductorClient({ useEnvVars: false, logger: noopLogger, ...config }, undefined, {
    retry: { initialRetryDelay: 5 },
    ...options,
  });
  opened.push(made);
  return made;
}

async function failure(promise: Promise<unknown>): Promise<ConductorSdkError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ConductorSdkError);
  const found = error as ConductorSdkError;
  expect(found.hint ?? found.message).toMatch(/\w+ \w+/);
  expect(inspect(found, { depth: null, showHidden: true })).not.toContain(SECRET);
  expect(JSON.stringify(found)).not.toContain(SECRET);
  return found;
}

/** A server that answers every request with a web page, as a user interface or a login gateway does. */
function webPage(): Promise<string> {
  return answering((response) => {
    response.setHeader('content-type', 'text/html;charset=utf-8').end('<!doctype html><title>Sign in</title>');
  });
}

async function answering(answer: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((_, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push({
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function closedPort(): Promise<string> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

const keyed = (serverUrl: string): OrkesApiConfig => ({ serverUrl, keyId: 'key-1', keySecret: SECRET });

test('a URL without a scheme is refused at once, and the setting is named', async () => {
  const error = await failure(client(keyed('localhost:8080')));
  expect(error).toMatchObject({ code: 'CONFIG_INVALID' });
  expect(error.message).toContain('serverUrl');
});

test('a URL of a web page, without keys: the first call says that the URL is wrong', async () => {
  const { metadata } = await client({ serverUrl: await webPage() });
  const error = await failure(metadata.getTaskDefs());
  expect(error).toMatchObject({ code: 'PARSE_FAILED', operation: 'metadata.getTaskDefs', attempts: 1 });
  expect(error.hint).toContain('CONDUCTOR_SERVER_URL');
});

test('a URL of a web page, with keys: creation says that this is no token', async () => {
  const error = await failure(client(keyed(await webPage())));
  expect(error).toMatchObject({ name: 'AuthError', code: 'AUTH_ANSWER_INVALID' });
});

test('a URL that redirects to a login page elsewhere: the setting is named, and so is the other address', async () => {
  const url = await answering((response) => response.writeHead(302, { location: 'https://login.example/' }).end());
  const { metadata, workflow } = await client({ serverUrl: url });
  for (const call of [metadata.getTaskDefs(), workflow.start({ body: { name: 'w' } })]) {
    const error = await failure(call);
    expect(error).toMatchObject({ code: 'REDIRECT_REFUSED', location: 'https://login.example/', attempts: 1 });
    expect(error.hint).toContain('CONDUCTOR_SERVER_URL');
  }
  await expect(client(keyed(url))).rejects.toMatchObject({ code: 'AUTH_REDIRECTED' });
});

test('a server that is down, with keys: creation gives up at its limit', async () => {
  const error = await failure(client(keyed(await closedPort()), { initialTokenTimeoutMs: 150 }));
  expect(error).toMatchObject({ name: 'AuthError', code: 'AUTH_ENDPOINT_UNREACHABLE' });
  expect(inspect(error.cause, { depth: null })).toContain('ECONNREFUSED');
});

test('a server that is down, without keys, is told of in the log at the first attempt', async () => {
  const lines: string[] = [];
  const write = (message: string): void => void lines.push(message);
  const told: number[] = [];
  const { metadata } = await client(
    { serverUrl: await closedPort(), logger: { debug: () => undefined, info: write, warn: write, error: write } },
    { retry: { sleep: async () => void told.push(lines.length) } },
  );
  await failure(metadata.getTaskDefs());
  expect(told).toEqual([1, 1, 1]);
  expect(lines).toEqual([expect.stringMatching(/^The server cannot be reached, trying again/)]);
});

test('a server that is down, without keys: the call has been tried as often as the rules say', async () => {
  const { workflow } = await client({ serverUrl: await closedPort() });
  const error = await failure(workflow.start({ body: { name: 'w' } }));
  expect(error).toMatchObject({
    name: 'TransportError',
    code: 'CONNECT_REFUSED',
    requestSent: false,
    operation: 'workflow.start',
    attempts: 4,
  });
});

test.each([
  ['key', { keyId: 'nobody', keySecret: SECRET }],
  ['secret', { keySecret: SECRET }],
])('a wrong %s is refused at once, after one request', async (_, wrong) => {
  await using server = await startConductorServer({ mode: 'orkes' });
  const error = await failure(client({ serverUrl: server.url, keyId: server.keyId, ...wrong }));
  expect(error).toMatchObject({ name: 'AuthError', code: 'AUTH_CREDENTIALS_REJECTED' });
  expect(error.hint).toContain('CONDUCTOR_AUTH_KEY');
  expect(server.counts().requests).toBe(1);
});

test('a token endpoint that never answers ends the creation at its limit', async () => {
  await using server = await startConductorServer({ mode: 'orkes' });
  server.faults.stall({ path: '/api/token' });
  const error = await failure(client(keyed(server.url), { initialTokenTimeoutMs: 150 }));
  expect(error).toMatchObject({ name: 'AuthError', code: 'AUTH_ENDPOINT_TIMEOUT' });
});

test('keys for the open-source server are no mistake: calls just carry no token', async () => {
  await using server = await startConductorServer();
  const { metadata } = await client(keyed(server.url));
  expect(await metadata.getTaskDefs()).toEqual([]);
});

test('a call without the token that the server wants says that keys are missing', async () => {
  await using server = await startConductorServer({ mode: 'orkes' });
  const { metadata } = await client({ serverUrl: server.url });
  const error = await failure(metadata.getTaskDefs());
  expect(error).toMatchObject({ name: 'ConductorApiError', code: 'UNAUTHENTICATED', status: 401 });
  expect(error.hint).toContain('CONDUCTOR_AUTH_KEY');
});

test('what a program in JavaScript forgets or misspells is refused before anything is sent', async () => {
  await using server = await startConductorServer();
  const { workflow, task, event } = await client({ serverUrl: server.url });
  const calls: [() => Promise<unknown>, string][] = [
    // @ts-expect-error: the body is missing
    [() => workflow.start({}), 'body: is required'],
    // @ts-expect-error: the members of the body stand outside of it
    [() => workflow.start({ name: 'w', input: {} }), 'body: is required'],
    // @ts-expect-error: an id in place of an object
    [() => workflow.get('some-id'), '{ workflowId: … }'],
    // @ts-expect-error: another name
    [() => task.poll({ taskType: 't' }), 'meant was perhaps tasktype'],
    // @ts-expect-error: the variable was never set
    [() => workflow.get({ workflowId: undefined }), 'workflowId: is required'],
    // @ts-expect-error: an option among the parameters
    [() => workflow.get({ workflowId: 'w', timeoutMs: 5 }), 'second argument'],
    // @ts-expect-error: no such option
    [() => workflow.get({ workflowId: 'w' }, { timeout: 5 }), 'meant was perhaps timeoutMs'],
    // @ts-expect-error: a parameter of the query is missing
    [() => task.getQueueSize(), 'taskType: is required'],
    [() => event.listForEvent({ event: '' }), 'event: is empty'],
    // @ts-expect-error: a word that would never come true
    [() => workflow.waitFor({ workflowId: 'w', until: 'done' }), "until: give 'completed'"],
    [() => workflow.waitFor({ workflowId: 'w', pollMs: Number.NaN }), 'pollMs: give a number'],
    // @ts-expect-error: nothing
    [() => workflow.startAndWait(), 'body: is required'],
    // @ts-expect-error: nothing
    [() => task.pollReady(), 'tasktype: is required'],
    [() => workflow.start({ body: JSON.stringify({ name: 'w' }) as never }), 'body: is text already'],
    // @ts-expect-error: a word in place of a boolean
    [() => workflow.get({ workflowId: 'w' }, { throwOnError: 'false' }), 'throwOnError: give true or false'],
    [() => workflow.get({ workflowId: 'w' }, { headers: new Headers() as never }), 'headers: give an object'],
    [async () => workflow.searchAll({ size: 0 }), 'size: give a whole number, 1 or more'],
    [async () => workflow.searchAll({ start: -1 }), 'start: give a whole number, 0 or more'],
    [() => workflow.start({ body: { name: 'w', input: { items: new Map() } } }), 'input.items: Map'],
  ];
  for (const [call, advice] of calls) {
    const error = await failure(call());
    expect(error).toMatchObject({ name: 'InvalidRequestError', code: 'INVALID_REQUEST' });
    expect(error.hint).toContain(advice);
  }
  expect(server.received).toEqual([]);
});

test('a function that is called without its client says so', async () => {
  const unawaited = createConductorClient({ useEnvVars: false });
  for (const first of [{ workflowId: 'w' }, undefined, unawaited]) {
    expect(() => workflowGet(first as never, { workflowId: 'w' })).toThrow(
      expect.objectContaining({
        code: 'INVALID_REQUEST',
        message: expect.stringContaining(
          'workflow.get: the first argument is no client. Await createConductorClient',
        ) as unknown,
      }),
    );
  }
  await (await unawaited).close();
});

test('a client of functions says what it takes', () => {
  expect(() => createClient({ fetch, baseUrl: 'localhost:8080' })).toThrow('createClient takes { fetch, baseUrl }');
  expect(() => createClient({ baseUrl: 'http://localhost:8080' } as never)).toThrow('createClient takes');
});

test('a request without a method is a GET, and settings that are not given stay', async () => {
  await using server = await startConductorServer();
  const made = await client({ serverUrl: server.url });
  // @ts-expect-error: no method
  expect(await made.request({ url: '/api/metadata/taskdefs' })).toMatchObject({ data: [] });
  // @ts-expect-error: nothing
  expect(made.setConfig()).toEqual(made.getConfig());
});

test('options in the place of the fetch are refused when the client is made', async () => {
  // @ts-expect-error: no function
  const error = await failure(createConductorClient({ useEnvVars: false }, { initialTokenTimeoutMs: 5 }));
  expect(error).toMatchObject({ code: 'CONFIG_INVALID' });
  expect(error.message).toContain('customFetch: it is not a function');
});

test('null means nothing given, and a request without its options says what is missing', async () => {
  await using server = await startConductorServer();
  // @ts-expect-error: null in place of undefined
  await using made = await createConductorClient({ useEnvVars: false, serverUrl: server.url }, null);
  // @ts-expect-error: null in place of undefined
  expect(await made.metadata.getTaskDefs(null, null)).toEqual([]);
  // @ts-expect-error: no url
  const error = await failure(made.get());
  expect(error).toMatchObject({ code: 'INVALID_REQUEST', path: 'url' });
});

test('a gateway that answers 200 and nothing is no Conductor', async () => {
  const { workflow } = await client({ serverUrl: await answering((response) => response.end()) });
  const error = await failure(workflow.get({ workflowId: 'w' }));
  expect(error).toMatchObject({ name: 'ParseError', code: 'EMPTY_ANSWER', operation: 'workflow.get', status: 200 });
  expect(error.hint).toContain('CONDUCTOR_SERVER_URL');
});
