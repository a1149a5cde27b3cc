import { closedPort, startProxy } from '@conductor-ts/sockets';
import type { Fault, Moment } from '@conductor-ts/testing';
import { channel } from 'node:diagnostics_channel';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, expect, test, vi } from 'vitest';
import { answer, bytes, startRawServer } from '../../src/raw-server.ts';
import { openRig, read, type Rig, type RigOptions, rigFor, start, startServer } from '../../src/rig.ts';
import { leaks, SECRETS, showError, showLine } from '../../src/secrets.ts';

vi.setConfig({ testTimeout: 90_000 });
/** Lines of a private key in the middle of it, which no message is to show. */
const keyLines = (pem: string): string[] => pem.split('\n').slice(1, -2);

/** What a server has been told, and may say back. */
const KEYS = `${SECRETS.keyId} ${SECRETS.keySecret}`;
const MOMENTS: Moment[] = ['before-reading', 'before-handling', 'after-handling', 'in-body'];
const statuses = [400, 401, 403, 404, 409, 413, 429, 500, 502, 503];

/** What a server that says back all that it has heard does, in each way that there is. */
const faultsOf = (echo: string): Fault[] => [
  ...statuses.map((status): Fault => ({
    kind: 'status',
    status,
    body: { message: echo, error: 'E', validationErrors: [{ path: echo, message: echo }] },
  })),
  ...statuses.map((status): Fault => ({
    kind: 'status',
    status,
    body: `<html>${echo}</html>`,
    headers: { 'content-type': 'text/html' },
  })),
  { kind: 'status', status: 429, headers: { 'retry-after': '99999', 'x-request-id': echo } },
  { kind: 'status', status: 200, body: echo },
  { kind: 'status', status: 200, body: `{"cut": "${echo}` },
  {
    kind: 'status',
    status: 307,
    headers: { location: `http://other.test/?token=${encodeURIComponent(echo)}#${encodeURIComponent(echo)}` },
  },
  { kind: 'status', status: 302, headers: { location: `/?token=${encodeURIComponent(echo)}` } },
  { kind: 'status', status: 308, headers: { location: `ftp://${encodeURIComponent(echo)}@other.test/` } },
  ...(['reset', 'close', 'stall'] as const).flatMap((kind) => MOMENTS.map((at): Fault => ({ kind, at }))),
  ...[0, 1, 2, 7, 8, 11].map((code): Fault => ({ kind: 'reset-stream', code })),
  { kind: 'goaway', covers: false },
  { kind: 'goaway', code: 11 },
  { kind: 'truncate' },
  { kind: 'truncate', framing: 'close' },
  { kind: 'drip', everyMs: 50 },
  { kind: 'endless-body' },
  { kind: 'garbage', bytes: `${echo}\r\n${echo}` },
  { kind: 'garbage', bytes: `HTTP/1.1 200 ${echo}\r\n${echo}\r\n\r\n${echo}` },
  { kind: 'black-hole' },
  { kind: 'refuse-tokens', code: 'NO_SUCH_TOKEN' },
];

/** What the platform tells everybody who listens. In the `data` of its own error undici hands out what the server has sent: that is not ours to hide. */
const CHANNELS = [
  'undici:client:connectError',
  'undici:request:error',
  'undici:client:connected',
  'undici:client:beforeConnect',
  'http2.client.stream.error',
  'net.client.socket',
  'tracing:net.server.listen:error',
];
const onEvent = (message: unknown): void => {
  const { error, connectParams } = message as { error?: Error; connectParams?: unknown };
  showLine(inspect([error?.message, error?.stack, error?.cause, connectParams], { depth: null }));
};
for (const name of CHANNELS) channel(name).subscribe(onEvent);

const tokensSeen = new Set<string>();
afterEach(() => tokensSeen.clear());
let rows = 0;

/** One row: whatever becomes of these calls, and of the client around them, is shown. */
async function walk(rig: Rig): Promise<void> {
  rows += 1;
  await start(rig, { timeoutMs: 120 }).catch(showError);
  await read(rig, { timeoutMs: 120 }).catch(showError);
  await note(rig);
}

async function note({ client }: Rig): Promise<void> {
  const headers = await client.getAuthenticationHeaders().catch(showError);
  const token = headers?.['X-Authorization'];
  if (token !== undefined) tokensSeen.add(token);
}

/** The client itself, from all sides. */
function showClient({ client }: Rig): void {
  for (const view of [client, client.config, client.stats()]) {
    showLine(inspect(view, { depth: 6, showHidden: true, maxStringLength: 2_000 }));
    showLine(JSON.stringify(view) ?? '');
  }
}

const found = (): string[] => leaks([...tokensSeen]);
const withPassword = (url: string): string => url.replace('//', `//user:${SECRETS.proxyPassword}@`);

test.each(['HTTP/1.1', 'HTTP/2 over TLS'] as const)(
  '%s: no fault of a server shows a secret, to whomever',
  async (protocol) => {
    rows = 0;
    await using server = await startServer(protocol, { mode: 'orkes' });
    const limits = { pingIntervalMs: 100, pingTimeoutMs: 100, maxResponseBytes: 200_000 };
    await using rig = await rigFor(server, protocol, { keyed: true, transport: limits, retry: { jitter: 0 } });
    await note(rig);
    for (const fault of faultsOf(`${KEYS} ${[...tokensSeen].join(' ')}`)) {
      server.faults.add({ match: { path: /^\/api\/(?!token)/ }, fault });
      await walk(rig);
      await server.faults.clear();
    }
    for (const kind of ['reset', 'close', 'silent', 'garbage'] as const) {
      await server.faults.restart();
      server.faults.onConnect(kind);
      await walk(rig);
      await server.faults.clear();
    }
    server.faults.refuseConnections();
    await walk(rig);
    showClient(rig);
    expect(found()).toEqual([]);
    expect(rows).toBeGreaterThanOrEqual(50);
    expect(tokensSeen.size).toBeGreaterThan(0);
  },
);

test('no failure of a token endpoint shows a secret', async () => {
  rows = 0;
  const behaviours = [
    ...[400, 401, 403, 404, 429, 500, 503].flatMap((status) => [
      answer(status, JSON.stringify({ error: SECRETS.keySecret, message: KEYS })),
      answer(status, KEYS),
    ]),
    answer(200, KEYS),
    answer(200, JSON.stringify({ token: `t\r\nx: ${KEYS}` })),
    answer(200, JSON.stringify({ token: 5, message: KEYS })),
    answer(307, '', { location: `/token?secret=${SECRETS.keySecret}` }),
    bytes(`${KEYS}\r\n${KEYS}`, { end: true }),
    bytes(`HTTP/1.1 200 ${KEYS}\r\n${KEYS}\r\n\r\n`, { end: true }),
    bytes('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"tok', { end: true }),
  ];
  for (const behaviour of behaviours) {
    rows += 1;
    await using server = await startRawServer(behaviour);
    const opened = await openRig(server.url, { keyed: true, initialTokenTimeoutMs: 50 }).catch(showError);
    if (opened === undefined) continue;
    await walk(opened);
    showClient(opened);
    await opened[Symbol.asyncDispose]();
  }
  expect(found()).toEqual([]);
  expect(rows).toBeGreaterThanOrEqual(behaviours.length);
});

test('nothing that a proxy does shows its password, or a token', async () => {
  await using plain = await startServer('HTTP/1.1');
  await using secure = await startServer('HTTP/2 over TLS');
  const illnesses = [{}, { refuseWith: 407 }, { refuseWith: 403 }, { refuseWith: 502 }, { drop: true }, { hang: true }];
  for (const illness of illnesses) {
    await using proxy = await startProxy(illness);
    const throughIt: RigOptions = { config: { proxyUrl: withPassword(proxy.url), connectTimeoutMs: 200 } };
    for (const { url } of [plain, secure]) {
      await using rig = await openRig(url, throughIt);
      await walk(rig);
      showClient(rig);
    }
    await using trusting = await openRig(secure.url, {
      transport: { tls: { ca: secure.ca }, proxy: withPassword(proxy.url), connectTimeoutMs: 200 },
    });
    await walk(trusting);
  }
  await using nobody = await openRig(plain.url, {
    config: { proxyUrl: withPassword(`http://127.0.0.1:${await closedPort()}`) },
  });
  await walk(nobody);
  for (const proxyUrl of [
    `http://user:${SECRETS.proxyPassword}@[`,
    `socks9://user:${SECRETS.proxyPassword}@127.0.0.1:1`,
  ]) {
    await openRig(plain.url, { config: { proxyUrl } }).then((rig) => rig[Symbol.asyncDispose](), showError);
  }
  expect(found()).toEqual([]);
});

test('no certificate that is not trusted, and no name that leads nowhere, shows a secret', async () => {
  await using server = await startServer('HTTP/2 over TLS', { mode: 'orkes' });
  for (const url of [server.url, 'http://no-such-host.invalid', `http://127.0.0.1:${await closedPort()}`]) {
    await using rig = await openRig(url, { config: { connectTimeoutMs: 500 } });
    await walk(rig);
    showClient(rig);
    await openRig(url, { keyed: true, initialTokenTimeoutMs: 50, config: { connectTimeoutMs: 500 } }).then(
      (keyed) => keyed[Symbol.asyncDispose](),
      showError,
    );
  }
  expect(found()).toEqual([]);
});

test('no fault of mutual TLS shows the private key of the client, given by path or by content', async () => {
  await using server = await startServer('HTTP/2 over TLS', { mtls: true });
  const { cert, key } = server.clientCertificate;
  expect(keyLines(key).length).toBeGreaterThan(0);
  const folder = await mkdtemp(join(tmpdir(), 'conductor-reliability-'));
  try {
    const { caPath, certPath, keyPath } = await server.writeCertificates(folder);
    const half = join(folder, 'half.key');
    await writeFile(half, key.slice(0, -40));
    const other = join(folder, 'other.pem');
    await writeFile(other, server.ca);
    const config = { tlsCaPath: caPath, tlsCertPath: certPath, tlsKeyPath: keyPath };
    for (const more of [
      {},
      { tlsKeyPath: half },
      { tlsCertPath: other },
      { tlsKeyPath: certPath, tlsCertPath: keyPath },
    ]) {
      const rig = await openRig(server.url, { config: { ...config, ...more } }).catch(showError);
      if (rig === undefined) continue;
      for (const fault of faultsOf(KEYS).filter(({ kind }) => kind === 'reset' || kind === 'garbage')) {
        server.faults.add({ fault });
        await walk(rig);
        await server.faults.clear();
      }
      server.faults.onConnect('garbage');
      await server.faults.restart();
      await walk(rig);
      await server.faults.clear();
      showClient(rig);
      await rig[Symbol.asyncDispose]();
    }
    for (const tls of [
      { ca: server.ca, cert, key },
      { ca: server.ca, cert: server.ca, key },
      { ca: key, cert, key },
      { ca: server.ca, cert: key, key: cert },
      { ca: server.ca, cert, key: key.slice(0, -40) },
    ]) {
      const rig = await openRig(server.url, { transport: { tls } }).catch(showError);
      if (rig === undefined) continue;
      server.faults.loseAnswers();
      await walk(rig);
      await server.faults.clear();
      showClient(rig);
      await rig[Symbol.asyncDispose]();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  expect(leaks(keyLines(key))).toEqual([]);
});
