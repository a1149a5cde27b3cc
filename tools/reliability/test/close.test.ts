import { type ConductorClient, createConductorClient, type OrkesApiConfig } from '@conductor-ts/client';
import { noopLogger } from '@conductor-ts/logger';
import type { ConductorTestServer } from '@conductor-ts/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { failureOf, startServer } from '../src/rig.ts';
import { SECRETS } from '../src/secrets.ts';

// The client's own transport here: closing the client has to close it. Cleartext HTTP/2 has no setting.
const CLOSABLE = ['HTTP/1.1', 'HTTP/1.1 over TLS', 'HTTP/2 over TLS'] as const;

async function open(server: ConductorTestServer, more: OrkesApiConfig = {}): Promise<ConductorClient> {
  const folder = await mkdtemp(join(tmpdir(), 'conductor-reliability-'));
  try {
    const tls = server.url.startsWith('https:') ? { tlsCaPath: (await server.writeCertificates(folder)).caPath } : {};
    return await createConductorClient({
      serverUrl: server.url,
      useEnvVars: false,
      logger: noopLogger,
      ...tls,
      ...more,
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

const keys: OrkesApiConfig = { keyId: SECRETS.keyId, keySecret: SECRETS.keySecret };

/** Nothing of the client is left at the server, and no call is let in. */
async function expectClosed(server: ConductorTestServer, client: ConductorClient): Promise<void> {
  await expect.poll(() => server.connections().length).toBe(0);
  expect(client.stats().inFlight).toBe(0);
  expect(await failureOf(client.metadata.getTaskDefs())).toMatchObject({
    code: 'CLIENT_CLOSED',
    mayHaveBeenProcessed: false,
  });
}

const start = (client: ConductorClient): Promise<string> => client.workflow.start({ body: { name: 'w' } });

test.each(CLOSABLE)('%s: close before the first call, and twice', async (protocol) => {
  await using server = await startServer(protocol);
  const client = await open(server);
  await Promise.all([client.close(), client.close()]);
  await client.close();
  await expectClosed(server, client);
});

test.each(CLOSABLE)('%s: close an idle client', async (protocol) => {
  await using server = await startServer(protocol);
  const client = await open(server);
  await start(client);
  await client.close();
  await expectClosed(server, client);
});

test.each(CLOSABLE)('%s: close with calls in flight: they end well', async (protocol) => {
  await using server = await startServer(protocol);
  const client = await open(server);
  server.faults.delay(60);
  const calls = Array.from({ length: 20 }, () => start(client));
  await expect.poll(() => server.counts().requests).toBe(20);
  const closing = client.close();
  expect(new Set(await Promise.all(calls)).size).toBe(20);
  await closing;
  expect(server.engine.stats().workflowsStarted).toBe(20);
  await expectClosed(server, client);
});

test.each(CLOSABLE)('%s: close with calls that are stuck: each ends with an error of its own', async (protocol) => {
  await using server = await startServer(protocol);
  const client = await open(server);
  server.faults.stall({ at: 'after-handling' });
  const calls = Array.from({ length: 5 }, () => failureOf(start(client)));
  await expect.poll(() => server.engine.stats().workflowsStarted).toBe(5);
  await client.close({ timeoutMs: 20 });
  const errors = await Promise.all(calls);
  for (const error of errors) expect(error).toMatchObject({ code: 'CLIENT_CLOSED', mayHaveBeenProcessed: true });
  expect(new Set(errors).size).toBe(5);
  await expectClosed(server, client);
});

test.each(CLOSABLE)('%s: close in the middle of bodies, in handshakes and in the queue', async (protocol) => {
  await using server = await startServer(protocol);
  const client = await open(server);
  server.faults.stall({ at: 'in-body' });
  const calls = Array.from({ length: 150 }, () => failureOf(start(client)));
  server.faults.onConnect('silent', { probability: 0.5 });
  await expect.poll(() => server.counts().requests).toBeGreaterThan(0);
  await client.close({ timeoutMs: 20 });
  for (const error of await Promise.all(calls)) expect(error).toMatchObject({ code: 'CLIENT_CLOSED' });
  // A silent server does not see that its connections were closed: what the client says of them counts.
  const { inFlight, transport } = client.stats();
  expect(inFlight).toBe(0);
  for (const { sessions, sockets, queued } of transport.origins) expect([sessions, sockets, queued]).toEqual([0, 0, 0]);
});

test.each(['429', 'a lost answer', 'a refused connection'] as const)(
  'close in the backoff after %s',
  async (trouble) => {
    await using server = await startServer();
    const client = await open(server);
    if (trouble === '429') server.faults.answer(429, { headers: { 'retry-after': '50' } });
    else if (trouble === 'a lost answer') server.faults.loseAnswers();
    else server.faults.refuseConnections();
    const call = failureOf(client.metadata.getTaskDefs());
    await new Promise((resolve) => setTimeout(resolve, 50));
    await client.close({ timeoutMs: 20 });
    expect(await call).toMatchObject({ code: 'CLIENT_CLOSED' });
    await server.faults.clear();
    await expectClosed(server, client);
  },
);

test('close in a refresh that hangs', async () => {
  await using server = await startServer('HTTP/1.1', { mode: 'orkes' });
  const client = await open(server, keys);
  server.faults.stall({ path: '/api/token' });
  server.faults.expireTokens();
  const call = failureOf(start(client));
  await expect.poll(() => server.received.filter(({ path }) => path === '/api/token').length).toBe(2);
  await client.close({ timeoutMs: 20 });
  expect(await call).toMatchObject({ code: 'CLIENT_CLOSED' });
  await expectClosed(server, client);
});

test('close lets a refresh end that a call in flight waits for', async () => {
  await using server = await startServer('HTTP/1.1', { mode: 'orkes' });
  const client = await open(server, keys);
  server.faults.delay(60, { path: '/api/token' });
  server.faults.expireTokens();
  const call = start(client);
  await expect.poll(() => server.received.filter(({ path }) => path === '/api/token').length).toBe(2);
  await client.close();
  expect(await call).toMatch(/^[\w-]{36}$/);
  await expectClosed(server, client);
});

test('close while the question which server it is hangs', async () => {
  await using server = await startServer();
  const client = await open(server);
  server.faults.stall({ path: '/api/token' });
  const call = failureOf(client.workflow.start({ body: { name: 'w' } }, { idempotencyKey: 'k' }));
  await expect.poll(() => server.counts().requests).toBe(1);
  await client.close({ timeoutMs: 20 });
  expect(await call).toMatchObject({ code: 'CLIENT_CLOSED' });
  await expectClosed(server, client);
});

test('close and abort of the same call at once: the reason of the signal wins or the call is told of the end', async () => {
  await using server = await startServer();
  const client = await open(server);
  server.faults.stall();
  const controller = new AbortController();
  const reason = new Error('mine');
  const call = client.metadata.getTaskDefs({}, { signal: controller.signal }).catch((error: unknown) => error);
  await expect.poll(() => server.counts().requests).toBe(1);
  const closing = client.close({ timeoutMs: 0 });
  controller.abort(reason);
  await closing;
  const error = await call;
  expect(error === reason || (error as { code?: string }).code === 'CLIENT_CLOSED').toBe(true);
});

test('await using is close', async () => {
  await using server = await startServer();
  let kept: ConductorClient;
  {
    await using client = await open(server);
    await start(client);
    kept = client;
  }
  await expectClosed(server, kept);
});
