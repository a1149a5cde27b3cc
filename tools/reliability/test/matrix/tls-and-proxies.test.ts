import { closedPort, startProxy } from '@conductor-ts/sockets';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { failureOf, openRig, read, type Rig, rigFor, seconds, start, startsAt, startServer } from '../../src/rig.ts';
import { SECRETS } from '../../src/secrets.ts';

const savedEnv = { ...process.env };
afterEach(() => {
  for (const name of ['http_proxy', 'https_proxy', 'no_proxy']) {
    if (savedEnv[name] === undefined) delete process.env[name];
    else process.env[name] = savedEnv[name];
  }
});

/** The proxy's URL with the user and password that nobody may see. */
const withPassword = (url: string): string => url.replace('//', `//user:${SECRETS.proxyPassword}@`);

test.each([
  ['an authority that nobody knows', {}, undefined],
  ['a certificate that has ended', { validDays: -1 }, 'trusted'],
  ['a certificate for another name', { hosts: ['other.test'] }, 'trusted'],
])('%s: one attempt, nothing sent, no waits', async (_, tls, trusted) => {
  await using server = await startServer('HTTP/2 over TLS', { tls: Object.keys(tls).length === 0 ? true : tls });
  const ca = trusted === undefined ? {} : { tls: { ca: server.ca } };
  await using rig = await openRig(server.url, { transport: ca });
  for (const call of [start, read]) {
    expect(await failureOf(call(rig))).toMatchObject({ code: 'TLS_UNTRUSTED', requestSent: false, attempts: 1 });
  }
  expect([rig.sleeps, server.counts().requests]).toEqual([[], 0]);
});

test('a server that demands a client certificate: given by path it is shown, missing it is one attempt', async () => {
  await using server = await startServer('HTTP/2 over TLS', { mtls: true });
  const folder = await mkdtemp(join(tmpdir(), 'conductor-reliability-'));
  try {
    const { caPath, certPath, keyPath } = await server.writeCertificates(folder);
    await using rig = await openRig(server.url, {
      config: { tlsCaPath: caPath, tlsCertPath: certPath, tlsKeyPath: keyPath },
    });
    await start(rig);
    await using without = await openRig(server.url, { config: { tlsCaPath: caPath } });
    const error = await failureOf(start(without));
    // The refusal comes behind the handshake, and may be overtaken by the end of the connection: then nobody can tell.
    expect(['TLS_FAILED', 'AMBIGUOUS_REQUEST']).toContain(error['code']);
    expect([error['attempts'], without.sleeps]).toEqual([1, []]);
    expect(startsAt(server)).toEqual({ received: 1, applied: 1 });
    const before = server.counts().connectionsOpened;
    const none = join(folder, 'none.pem');
    for (const config of [
      { tlsCaPath: none },
      { tlsCertPath: none, tlsKeyPath: keyPath },
      { tlsCertPath: certPath, tlsKeyPath: none },
    ]) {
      const unreadable = await failureOf(openRig(server.url, { config }));
      expect(unreadable).toMatchObject({ name: 'ConfigError', code: 'CONFIG_INVALID' });
      expect(unreadable.message).toContain('ENOENT');
    }
    const noPem = join(folder, 'no.pem');
    await writeFile(noPem, 'this is no PEM');
    for (const config of [
      { tlsCaPath: noPem },
      { tlsCertPath: noPem, tlsKeyPath: keyPath },
      { tlsCertPath: certPath },
    ]) {
      const error = await failureOf(openRig(server.url, { config }));
      expect(error).toMatchObject({ code: expect.stringMatching(/^(CONFIG_INVALID|INVALID_OPTION)$/) });
    }
    expect(server.counts().connectionsOpened).toBe(before);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('TLS spoken to a server that knows none: one attempt', async () => {
  await using server = await startServer();
  await using rig = await openRig(server.url.replace('http:', 'https:'));
  expect(await failureOf(start(rig))).toMatchObject({ code: 'TLS_FAILED', requestSent: false, attempts: 1 });
  expect([server.counts().requests, rig.sleeps]).toEqual([0, []]);
});

test('plain HTTP spoken to a server that wants TLS: one attempt, and the error says which URL to use', async () => {
  await using server = await startServer('HTTP/2 over TLS');
  await using rig = await openRig(server.url.replace('https:', 'http:'));
  const error = await failureOf(start(rig));
  // Such a port may take plain HTTP as well, and have lost the answer.
  expect(error).toMatchObject({ code: 'AMBIGUOUS_REQUEST', attempts: 1, cause: { code: 'TLS_REQUIRED' } });
  expect(error['cause']).toHaveProperty('hint', expect.stringContaining('https://'));
  expect([server.counts().requests, rig.sleeps]).toEqual([0, []]);
});

const throughProxy = async (server: { url: string; ca: string }, proxyUrl: string): Promise<Rig> =>
  openRig(server.url, { transport: { tls: { ca: server.ca }, proxy: withPassword(proxyUrl), connectTimeoutMs: 400 } });

test('a proxy that wants other credentials: one attempt, and the password is nowhere', async () => {
  await using server = await startServer('HTTP/2 over TLS');
  await using proxy = await startProxy({ refuseWith: 407 });
  await using rig = await throughProxy(server, proxy.url);
  expect(await failureOf(start(rig))).toMatchObject({
    name: 'ProxyAuthError',
    code: 'PROXY_AUTH_REQUIRED',
    requestSent: false,
    attempts: 1,
  });
  expect([proxy.asked.length, server.counts().requests, rig.sleeps]).toEqual([1, 0, []]);
});

test('a proxy that forbids the server: one attempt', async () => {
  await using server = await startServer('HTTP/2 over TLS');
  await using proxy = await startProxy({ refuseWith: 403 });
  await using rig = await throughProxy(server, proxy.url);
  expect(await failureOf(start(rig))).toMatchObject({ code: 'PROXY_REFUSED', requestSent: false, attempts: 1 });
  expect([proxy.asked.length, server.counts().requests, rig.sleeps]).toEqual([1, 0, []]);
});

test.each([502, 503, 504])(
  'a proxy that answers %i: four attempts, and none is taken for an abort',
  async (refuseWith) => {
    await using server = await startServer('HTTP/2 over TLS');
    await using proxy = await startProxy({ refuseWith });
    await using rig = await throughProxy(server, proxy.url);
    const error = await failureOf(start(rig));
    expect(error).toMatchObject({ name: 'TransportError', code: 'PROXY_UNAVAILABLE', requestSent: false, attempts: 4 });
    expect([proxy.asked.length, server.counts().requests, seconds(rig.sleeps)]).toEqual([4, 0, [1, 2, 3]]);
  },
);

test('a proxy that is ill twice and then well: done once', async () => {
  await using server = await startServer('HTTP/2 over TLS');
  await using proxy = await startProxy({ refuseWith: 503, times: 2 });
  await using rig = await throughProxy(server, proxy.url);
  await start(rig);
  expect([proxy.asked.length, startsAt(server)]).toEqual([3, { received: 1, applied: 1 }]);
});

test('a proxy that drops the connection: four attempts, then unsent', async () => {
  await using server = await startServer('HTTP/2 over TLS');
  await using proxy = await startProxy({ drop: true });
  await using rig = await throughProxy(server, proxy.url);
  const error = await failureOf(start(rig));
  expect(error).toMatchObject({ name: 'TransportError', code: 'PROXY_UNAVAILABLE', requestSent: false, attempts: 4 });
  expect([proxy.asked.length, server.counts().requests]).toEqual([4, 0]);
});

test('a proxy that hangs: the connect timeout, one attempt', async () => {
  await using server = await startServer('HTTP/2 over TLS');
  await using proxy = await startProxy({ hang: true });
  await using rig = await throughProxy(server, proxy.url);
  expect(await failureOf(start(rig))).toMatchObject({
    name: 'TransportError',
    code: 'CONNECT_TIMEOUT',
    requestSent: false,
    attempts: 1,
  });
  expect([proxy.asked.length, server.counts().requests, rig.sleeps]).toEqual([1, 0, []]);
});

test('a proxy that nobody answers for: four attempts, then unsent', async () => {
  await using server = await startServer('HTTP/2 over TLS');
  const proxy = `http://127.0.0.1:${await closedPort()}`;
  await using rig = await throughProxy(server, proxy);
  expect(await failureOf(start(rig))).toMatchObject({
    code: 'CONNECT_REFUSED',
    proxy,
    requestSent: false,
    attempts: 4,
  });
  expect([server.counts().requests, seconds(rig.sleeps)]).toEqual([0, [1, 2, 3]]);
});

test('a proxy that is slow: done', async () => {
  await using server = await startServer('HTTP/2 over TLS');
  await using proxy = await startProxy({ slowMs: 60 });
  await using rig = await throughProxy(server, proxy.url);
  await start(rig);
  expect(server.received[0]?.protocol).toBe('HTTP/2');
});

test('a proxy whose target resets after the request: in doubt', async () => {
  await using server = await startServer('HTTP/2 over TLS');
  await using proxy = await startProxy();
  await using rig = await throughProxy(server, proxy.url);
  server.faults.loseAnswers({ operation: 'workflow.start' });
  expect(await failureOf(start(rig))).toMatchObject({ code: 'AMBIGUOUS_REQUEST', attempts: 1 });
  expect(startsAt(server)).toEqual({ received: 1, applied: 1 });
});

test('a proxy that opens the tunnel and then ends it, before TLS is up: four attempts, then unsent', async () => {
  await using server = await startServer('HTTP/2 over TLS');
  server.faults.onConnect('close');
  await using proxy = await startProxy();
  await using rig = await throughProxy(server, proxy.url);
  const error = await failureOf(start(rig));
  expect(error).toMatchObject({ name: 'TransportError', code: 'CONNECT_FAILED', requestSent: false, attempts: 4 });
  expect([proxy.asked.length, server.counts().requests]).toEqual([4, 0]);
});

test.each([
  ['nothing', '127.0.0.1', true],
  ['127.0.0.1', '127.0.0.1', false],
  ['*', '127.0.0.1', false],
  ['other.test,127.0.0.1', '127.0.0.1', false],
  ['other.test, 127.0.0.1', '127.0.0.1', false],
  ['other.test', '127.0.0.1', true],
  ['127.0.0.1:1', '127.0.0.1', true],
  ['127.0.0.1:PORT', '127.0.0.1', false],
  ['localhost', 'localhost', false],
  ['LOCALHOST', 'localhost', false],
  ['host', 'localhost', true],
  ['[::1]', '127.0.0.1', true],
])('NO_PROXY=%s, to %s: through the proxy: %s', async (noProxy, host, through) => {
  await using server = await startServer();
  await using proxy = await startProxy();
  process.env['http_proxy'] = withPassword(proxy.url);
  if (noProxy !== 'nothing') process.env['no_proxy'] = noProxy.replace('PORT', String(server.port));
  await using rig = await openRig(server.url.replace('127.0.0.1', host));
  await start(rig);
  expect(proxy.asked).toHaveLength(through ? 1 : 0);
  expect(startsAt(server)).toEqual({ received: 1, applied: 1 });
});

test('a plain request through a proxy that answers 407 itself, or 502', async () => {
  await using server = await startServer();
  for (const [refuseWith, code, attempts] of [
    [407, 'PROXY_AUTH_REQUIRED', 1],
    [502, 'BAD_GATEWAY', 1],
  ] as const) {
    await using proxy = await startProxy({ refuseWith });
    await using rig = await openRig(server.url, { config: { proxyUrl: withPassword(proxy.url) } });
    const error = await failureOf(start(rig));
    expect(error['attempts']).toBe(attempts);
    if (refuseWith === 407) expect(error).toMatchObject({ code });
    else expect(error).toMatchObject({ status: 502 });
    expect([proxy.asked.length, server.counts().requests, rig.sleeps]).toEqual([1, 0, []]);
  }
});

test('the password of a proxy is in no line and no field of the configuration', async () => {
  await using server = await startServer();
  await using proxy = await startProxy();
  await using rig = await openRig(server.url, { config: { proxyUrl: withPassword(proxy.url) } });
  await start(rig);
  expect(JSON.stringify(rig.client.config)).not.toContain(SECRETS.proxyPassword);
  await using tls = await rigFor(await startServer('HTTP/1.1 over TLS'), 'HTTP/1.1 over TLS', {
    transport: { proxy: withPassword('http://127.0.0.1:1') },
  });
  expect(await failureOf(start(tls))).toMatchObject({ code: 'CONNECT_REFUSED', attempts: 4 });
});
