import { type ConductorTestServer, startConductorServer } from '@conductor-ts/testing';
import { inspect } from 'node:util';
import { pino } from 'pino';
import { afterEach, expect, test, vi } from 'vitest';
import { createTokenManager } from '@conductor-ts/auth';
import { createConductorClient, noopLogger, type OrkesApiConfig } from '../src/index.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const settings = (server: ConductorTestServer, more: OrkesApiConfig = {}): OrkesApiConfig => ({
  serverUrl: server.url,
  useEnvVars: false,
  logger: noopLogger,
  ...more,
});

const keys = (server: ConductorTestServer): OrkesApiConfig => ({ keyId: server.keyId, keySecret: server.keySecret });

const definition = {
  name: 'order',
  version: 1,
  schemaVersion: 2,
  ownerEmail: 'a@example.com',
  timeoutSeconds: 0,
  tasks: [{ name: 'pack', taskReferenceName: 'pack', type: 'SIMPLE' }],
};

test('a workflow is defined, started, worked off and read back', async () => {
  await using server = await startConductorServer();
  await using client = await createConductorClient(settings(server));

  await client.metadata.registerWorkflowDef({ body: definition, overwrite: true });
  const workflowId = await client.workflow.start({ body: { name: 'order', input: { total: 7 } } });
  expect(workflowId).toMatch(/^[\w-]{36}$/);
  const task = await client.task.poll({ tasktype: 'pack', workerid: 'w1' });
  expect(task).toMatchObject({ referenceTaskName: 'pack', status: 'IN_PROGRESS' });
  await client.task.update({
    body: { taskId: task?.taskId ?? '', workflowInstanceId: workflowId, status: 'COMPLETED', outputData: { ok: true } },
  });
  expect(await client.workflow.get({ workflowId })).toMatchObject({ status: 'COMPLETED', output: { ok: true } });
  expect(await client.task.poll({ tasktype: 'pack' })).toBeUndefined();
  expect(client.stats()).toMatchObject({ calls: 6, attempts: 6, retries: 0, inFlight: 0, tokenMints: 0 });
});

test('without a key nothing is sent before the first call', async () => {
  await using server = await startConductorServer();
  await using client = await createConductorClient(settings(server));
  expect(server.received).toHaveLength(0);
  expect(client.serverFamily).toBe('unknown');
  expect(await client.getAuthenticationHeaders()).toBeNull();
});

test('with a key the first token is there when the client is, and every call carries it', async () => {
  await using server = await startConductorServer({ mode: 'orkes' });
  await using client = await createConductorClient(settings(server, keys(server)));
  expect(client.serverFamily).toBe('orkes');
  await client.metadata.getTaskDefs();
  await client.metadata.getTaskDefs();
  expect(client.stats()).toMatchObject({ tokenMints: 1, calls: 2 });
  const header = await client.getAuthenticationHeaders();
  expect(header).toEqual({ 'X-Authorization': expect.stringMatching(/./) as unknown });
});

test('a token that expires is replaced without the caller noticing', async () => {
  await using server = await startConductorServer({ mode: 'orkes' });
  await using client = await createConductorClient(settings(server, keys(server)));
  server.faults.expireTokens();
  expect(await client.metadata.getTaskDefs()).toEqual([]);
  expect(client.stats()).toMatchObject({ tokenMints: 2, calls: 1 });
});

test('the open-source server takes a client with keys, which then sends no token', async () => {
  await using server = await startConductorServer();
  await using client = await createConductorClient(settings(server, { keyId: 'k', keySecret: 's' }));
  expect(client.serverFamily).toBe('oss');
  expect(await client.metadata.getTaskDefs()).toEqual([]);
  expect(await client.getAuthenticationHeaders()).toBeNull();
});

test('an operation that the open-source server lacks says so, also without keys', async () => {
  await using server = await startConductorServer();
  await using client = await createConductorClient(settings(server));
  await expect(client.token.getUserInfo()).rejects.toMatchObject({
    code: 'UNSUPPORTED_BY_SERVER',
    serverFamily: 'oss',
    operation: 'token.getUserInfo',
  });
  expect(client.serverFamily).toBe('oss');
});

test('two clients with servers and keys of their own never exchange a token, whatever the environment holds', async () => {
  await using one = await startConductorServer({ mode: 'orkes' });
  await using two = await startConductorServer({ mode: 'orkes' });
  vi.stubEnv('CONDUCTOR_SERVER_URL', 'http://127.0.0.1:1');
  vi.stubEnv('CONDUCTOR_AUTH_KEY', 'env-key');
  vi.stubEnv('CONDUCTOR_AUTH_SECRET', 'env-secret');
  await using first = await createConductorClient(settings(one, keys(one)));
  await using second = await createConductorClient(settings(two, keys(two)));
  await Promise.all([first.metadata.getTaskDefs(), second.metadata.getTaskDefs()]);
  await Promise.all([first.metadata.getTaskDefs(), second.metadata.getTaskDefs()]);
  const [a, b] = await Promise.all([first.getAuthenticationHeaders(), second.getAuthenticationHeaders()]);
  expect(a?.['X-Authorization']).not.toBe(b?.['X-Authorization']);
  // Each server accepts only tokens of its own: an exchange would have cost a refresh.
  expect([one.counts().tokensIssued, two.counts().tokensIssued]).toEqual([1, 1]);
});

test('fifty clients share one token manager and its one token, and closing one leaves the others working', async () => {
  await using server = await startConductorServer({ mode: 'orkes' });
  const tokens = createTokenManager({ serverUrl: server.url, ...keys(server) });
  const clients = await Promise.all(
    Array.from({ length: 50 }, () => createConductorClient(settings(server), undefined, { tokens })),
  );
  await Promise.all(clients.map((client) => client.metadata.getTaskDefs()));
  expect(server.counts().tokensIssued).toBe(1);
  await clients[0]?.close();
  server.faults.expireTokens();
  expect(await clients[1]?.metadata.getTaskDefs()).toEqual([]);
  await Promise.all(clients.map((client) => client.close()));
  tokens.stopBackgroundRefresh();
});

test('a fetch of your own replaces the transport and nothing else', async () => {
  await using server = await startConductorServer({ mode: 'orkes' });
  const seen: string[] = [];
  const client = await createConductorClient(settings(server, keys(server)), (input, init) => {
    seen.push(new URL(input instanceof Request ? input.url : input).pathname);
    expect(init).not.toHaveProperty('call');
    return fetch(input, init);
  });
  server.faults.expireTokens();
  expect(await client.metadata.getTaskDefs()).toEqual([]);
  expect(seen).toEqual(['/api/token', '/api/metadata/taskdefs', '/api/token', '/api/metadata/taskdefs']);
  await client.close();
});

test('the old methods and the request methods take the same road', async () => {
  await using server = await startConductorServer({ mode: 'orkes' });
  await using client = await createConductorClient(settings(server, keys(server)));
  expect(await client.metadataResource.getTaskDefs()).toEqual([]);
  const { data, response } = await client.get({ url: '/api/metadata/taskdefs' });
  expect(data).toEqual([]);
  expect(response.status).toBe(200);
  expect(client.stats().calls).toBe(2);
});

test('the client says where its settings came from, and shows no secret', async () => {
  await using server = await startConductorServer({ mode: 'orkes' });
  await using client = await createConductorClient(settings(server, keys(server)));
  await client.metadata.getTaskDefs();
  const token = (await client.getAuthenticationHeaders())?.['X-Authorization'] ?? 'none';
  const shown = [inspect(client, { depth: null, showHidden: true }), JSON.stringify(client)].join('\n');
  expect(shown).not.toContain(server.keySecret);
  expect(shown).not.toContain(token);
  expect(client.config.describe()).toContainEqual(
    expect.objectContaining({ setting: 'serverUrl', value: server.url, source: 'code' }),
  );
});

test('a pino logger given as it is keeps the fields, and nothing secret', async () => {
  await using server = await startConductorServer({ mode: 'orkes' });
  const lines: string[] = [];
  const logger = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  await using client = await createConductorClient(settings(server, { ...keys(server), logger }));
  const token = (await client.getAuthenticationHeaders())?.['X-Authorization'] ?? 'none';
  await client.metadata.getTaskDefs();
  server.faults.resetConnections({ times: 1 });
  await client.metadata.getTaskDefs();
  const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(entries).toContainEqual(expect.objectContaining({ operation: 'metadata.getTaskDefs', attempt: 1 }));
  for (const line of lines) for (const secret of [server.keySecret, token]) expect(line).not.toContain(secret);
});

test('the password of a proxy and the token are taken out of what a server echoes', async () => {
  await using server = await startConductorServer({ mode: 'orkes' });
  const proxyUrl = 'http://user:marker-pass%2F1@127.0.0.1:1';
  await using client = await createConductorClient(settings(server, { ...keys(server), proxyUrl }), fetch);
  const token = (await client.getAuthenticationHeaders())?.['X-Authorization'] ?? 'none';
  const body = { message: `${server.keySecret} ${token} marker-pass/1 marker-pass%2F1` };
  server.faults.answer(400, { operation: 'metadata.getTaskDefs', times: 2, body });
  await client.metadata.getTaskDefs().catch(() => undefined);
  await expect(client.metadata.getTaskDefs()).rejects.toMatchObject({
    serverMessage: '[redacted] [redacted] [redacted] [redacted]',
  });
});

test('a call may end the creation that it waits for', async () => {
  await using server = await startConductorServer({ mode: 'orkes' });
  server.faults.stall({ path: '/api/token' });
  const controller = new AbortController();
  const reason = new Error('no patience');
  const creation = createConductorClient(settings(server, keys(server)), undefined, { signal: controller.signal });
  controller.abort(reason);
  await expect(creation).rejects.toBe(reason);
});
