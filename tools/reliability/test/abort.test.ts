import { createTokenManager } from '@conductor-ts/auth';
import type { ConductorTestServer } from '@conductor-ts/testing';
import { createTransport } from '@conductor-ts/transport';
import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { answer, startRawServer } from '../src/raw-server.ts';
import {
  ALL_PROTOCOLS,
  arrived,
  openRig,
  type Protocol,
  read,
  type Rig,
  rigFor,
  start,
  startServer,
} from '../src/rig.ts';
import { SECRETS, showError } from '../src/secrets.ts';

/** Turns of the event loop, whatever they take on a busy machine: less than any timer, and than any answer from a socket. */
const AT_ONCE_TURNS = 3;

/** Aborts a call that waits somewhere: it rejects with the very reason, at once, and lets go of the signal. */
async function expectAbort(call: (signal: AbortSignal) => Promise<unknown>, reached: () => unknown): Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  const outcome = call(signal).then(
    () => 'succeeded',
    (error: unknown) => error,
  );
  await reached();
  const reason = new Error('the user has left');
  controller.abort(reason);
  const error = await Promise.race([outcome, turns(AT_ONCE_TURNS)]);
  showError(error);
  expect(error).toBe(reason);
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
}

async function turns(count: number): Promise<string> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  return `not settled after ${count} turns`;
}

const requests =
  (server: ConductorTestServer, count: number): (() => Promise<void>) =>
  () =>
    expect.poll(() => server.counts().requests).toBe(count);

/** The client after an abort: nothing in flight, and it still works. */
async function expectSound(rig: Rig, server: ConductorTestServer): Promise<void> {
  await server.faults.clear();
  expect(await read(rig)).toEqual([]);
  const { inFlight, transport } = rig.client.stats();
  expect([inFlight, transport.origins.reduce((all, origin) => all + origin.inFlight + origin.queued, 0)]).toEqual([
    0, 0,
  ]);
}

test.each(ALL_PROTOCOLS)('%s: abort before the call: nothing is sent', async (protocol) => {
  await using server = await startServer(protocol);
  await using rig = await rigFor(server, protocol);
  const reason = new Error('before');
  await expect(start(rig, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  expect(server.counts().requests).toBe(0);
});

test.each(ALL_PROTOCOLS)('%s: abort in the queue for a connection: nothing is sent', async (protocol) => {
  await using server = await startServer(protocol);
  await using rig = await rigFor(server, protocol, {
    transport: { maxHttp1Sockets: 1, maxHttp2Sessions: 1, maxStreamsPerSession: 1 },
  });
  server.faults.stall({ operation: 'metadata.getTaskDefs' });
  const holder = new AbortController();
  const held = read(rig, { signal: holder.signal }).catch(() => undefined);
  await requests(server, 1)();
  await expectAbort(
    (signal) => start(rig, { signal }),
    () => new Promise((resolve) => setTimeout(resolve, 20)),
  );
  expect(arrived(server, 'workflow.start')).toBe(0);
  holder.abort();
  await held;
  await expectSound(rig, server);
});

test.each(ALL_PROTOCOLS)('%s: abort while connecting: nothing is sent', async (protocol) => {
  await using server = await startServer(protocol);
  await using rig = await rigFor(server, protocol);
  server.faults.onConnect('silent');
  await expectAbort(
    (signal) => start(rig, { signal }),
    () => expect.poll(() => server.counts().connectionsOpened).toBe(1),
  );
  expect(server.counts().requests).toBe(0);
});

test.each(ALL_PROTOCOLS)('%s: abort while waiting for the answer', async (protocol) => {
  await using server = await startServer(protocol);
  await using rig = await rigFor(server, protocol);
  server.faults.stall();
  await expectAbort((signal) => start(rig, { signal }), requests(server, 1));
  await expectSound(rig, server);
});

test.each(ALL_PROTOCOLS)('%s: abort in the middle of the body', async (protocol) => {
  await using server = await startServer(protocol);
  await using rig = await rigFor(server, protocol);
  server.faults.stall({ at: 'in-body' });
  await expectAbort(
    (signal) => start(rig, { signal }),
    async () => {
      await expect.poll(() => server.received[0]?.outcome).toBe('stalled');
      // The half that was sent arrives.
      await new Promise((resolve) => setTimeout(resolve, 20));
    },
  );
  await expectSound(rig, server);
});

test.each(ALL_PROTOCOLS)('%s: abort while a large body is uploaded', async (protocol) => {
  await using server = await startServer(protocol);
  await using rig = await rigFor(server, protocol);
  server.faults.stall({ at: 'before-reading' });
  const body = { name: 'w', input: { text: 'x'.repeat(8_000_000) } };
  await expectAbort((signal) => rig.client.workflow.start({ body }, { signal }), requests(server, 1));
  await expectSound(rig, server);
});

/** A rig whose backoffs never end by themselves, and obey no signal. */
async function sleepless(server: ConductorTestServer, protocol: Protocol): Promise<Rig> {
  return rigFor(server, protocol, { retry: { sleep: () => new Promise(() => undefined) } });
}

test.each(['429', 'a lost answer', 'a refused connection'] as const)(
  'abort in the backoff after %s',
  async (trouble) => {
    await using server = await startServer();
    await using rig = await sleepless(server, 'HTTP/1.1');
    if (trouble === '429') server.faults.answer(429);
    else if (trouble === 'a lost answer') server.faults.loseAnswers();
    else server.faults.refuseConnections();
    await expectAbort(
      (signal) => read(rig, { signal }),
      () => expect.poll(() => rig.client.stats().inFlight === 1 && rig.lines.length > 0).toBe(true),
    );
    await expectSound(rig, server);
  },
);

test('abort in the refresh of a token: the others who wait get theirs', async () => {
  await using server = await startServer('HTTP/1.1', { mode: 'orkes' });
  await using rig = await rigFor(server, 'HTTP/1.1', { keyed: true });
  await start(rig);
  server.faults.delay(80, { path: '/api/token' });
  server.faults.expireTokens();
  const patient = start(rig);
  await expectAbort(
    (signal) => start(rig, { signal }),
    () => expect.poll(() => server.received.filter(({ path }) => path === '/api/token').length).toBe(2),
  );
  await patient;
  expect(server.counts().tokensIssued).toBe(2);
});

test('abort while the first token is waited for', async () => {
  await using server = await startServer('HTTP/1.1', { mode: 'orkes' });
  server.faults.stall({ path: '/api/token' });
  await using transport = createTransport();
  const keys = { keyId: SECRETS.keyId, keySecret: SECRETS.keySecret };
  const tokens = createTokenManager({ serverUrl: server.url, ...keys, fetch: transport.fetch });
  await using rig = await openRig(server.url, {
    tokens: { getToken: tokens.getToken, refreshToken: tokens.refreshToken },
  });
  await expectAbort((signal) => start(rig, { signal }), requests(server, 1));
  expect(arrived(server, 'workflow.start')).toBe(0);
  tokens.stopBackgroundRefresh();
});

test('abort of the question which server it is, that a key needs', async () => {
  await using server = await startServer();
  await using rig = await openRig(server.url);
  server.faults.stall({ path: '/api/token' });
  await expectAbort((signal) => start(rig, { signal, idempotencyKey: 'k' }), requests(server, 1));
  expect(arrived(server, 'workflow.start')).toBe(0);
});

test('abort while a redirect is followed', async () => {
  await using server = await startRawServer(answer(307, '', { location: '/there' }));
  await using rig = await openRig(server.url);
  server.behave(answer(307, '', { location: '/there' }), () => undefined);
  await expectAbort(
    (signal) => start(rig, { signal }),
    () => expect.poll(() => server.received.length).toBe(2),
  );
});

test('abort of the creation of a client: the reason, and nothing left', async () => {
  await using server = await startServer('HTTP/1.1', { mode: 'orkes' });
  server.faults.stall({ path: '/api/token' });
  const { createConductorClient } = await import('@conductor-ts/client');
  const config = { serverUrl: server.url, useEnvVars: false, keyId: SECRETS.keyId, keySecret: SECRETS.keySecret };
  await expectAbort((signal) => createConductorClient(config, undefined, { signal }), requests(server, 1));
  await expect.poll(() => server.connections().length).toBe(0);
});

test('ten thousand calls in sequence and five hundred at a time under one signal leave nothing on it', async () => {
  await using server = await startServer();
  await using rig = await rigFor(server, 'HTTP/1.1');
  const warnings: Error[] = [];
  const keep = (warning: Error): void => void warnings.push(warning);
  process.on('warning', keep);
  const { signal } = new AbortController();
  for (let call = 0; call < 10_000; call += 1) await read(rig, { signal });
  await Promise.all(Array.from({ length: 500 }, () => read(rig, { signal })));
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', keep);
  expect(warnings).toEqual([]);
});
