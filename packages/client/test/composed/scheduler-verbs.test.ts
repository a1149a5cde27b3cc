import { startConductorServer, type ConductorTestServer, type ServerMode } from '@conductor-ts/testing';
import { expect, test } from 'vitest';
import {
  type ConductorClient,
  createConductorClient,
  noopLogger,
  type OrkesApiConfig,
  schedulerPause,
} from '../../src/index.ts';

/** A server that takes one verb for schedules and answers 405 to the other, as each of the two families does. */
async function withSchedules(mode: ServerMode): Promise<ConductorTestServer> {
  const server = await startConductorServer({ mode });
  const path = '/api/scheduler/schedules/nightly/';
  const [taken, refused] = mode === 'oss' ? ['PUT', 'GET'] : ['GET', 'PUT'];
  server.faults.answer(200, { method: taken, path, body: '' });
  server.faults.answer(405, { method: refused, path });
  return server;
}

function connect(serverUrl: string, keys: OrkesApiConfig = {}): Promise<ConductorClient> {
  return createConductorClient({ serverUrl, ...keys, useEnvVars: false, logger: noopLogger });
}

const sent = (server: ConductorTestServer): string[] =>
  server.received.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`);

test('the open-source server is asked by PUT, without a question before', async () => {
  await using server = await withSchedules('oss');
  await using client = await connect(server.url);
  await client.scheduler.pause({ name: 'nightly', reason: 'holidays' });
  await client.scheduler.resume({ name: 'nightly' });
  expect(sent(server)).toEqual(['PUT pause', 'PUT resume']);
});

test('Orkes, known by its tokens, is asked by GET at once', async () => {
  await using server = await withSchedules('orkes');
  await using client = await connect(server.url, { keyId: server.keyId, keySecret: server.keySecret });
  await client.scheduler.pause({ name: 'nightly', reason: 'holidays' });
  await client.scheduler.resume({ name: 'nightly' });
  expect(sent(server)).toEqual(['POST token', 'GET pause', 'GET resume']);
});

test('a server that nobody has told apart gets GET after its 405, and is known from then on', async () => {
  await using server = await withSchedules('orkes');
  await using client = await connect(server.url);
  await schedulerPause(client, { name: 'nightly' });
  await schedulerPause(client, { name: 'nightly' });
  expect(sent(server)).toEqual(['PUT pause', 'POST token', 'GET pause', 'GET pause']);
});

test('any other refusal is the end of it', async () => {
  await using server = await startConductorServer();
  server.faults.answer(404, { method: 'PUT', path: '/api/scheduler' });
  await using client = await connect(server.url);
  const pausing = client.scheduler.pause({ name: 'nope' });
  await expect(pausing).rejects.toMatchObject({ code: 'NOT_FOUND', operation: 'scheduler.pause' });
  expect(sent(server)).not.toContain('GET pause');
});

test('an open-source server without the scheduler is not asked twice', async () => {
  await using server = await startConductorServer();
  server.faults.answer(405, { path: '/api/scheduler' });
  await using client = await connect(server.url);
  await expect(client.scheduler.resume({ name: 'nightly' })).rejects.toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
  expect(sent(server)).toEqual(['PUT resume', 'POST token']);
});
