import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { startProxy } from '../../src/proxy.ts';
import { failureOf, openRig, read, rigFor, start, startServer, type Rig } from '../../src/rig.ts';
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
    expect(error['attempts']).toBe(1);
    expect(server.engine.stats().workflowsStarted).toBe(1);
    expect(await failureOf(openRig(server.url, { config: { tlsCaPath: join(folder, 'none.pem') } }))).toMatchObject({
      code: 'CONFIG_INVALID',
    });
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
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('TLS spoken to a server that knows none: one attempt', async () => {
  await using server = await startServer();
  await using rig = await openRig(server.url.replace('http:', 'https:'));
  expect(await failureOf(start(rig))).toMatchObject({ code: 'TLS_FAILED', requestSent: false, attempts: 1 });
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
  expect(proxy.asked).toHaveLength(1);
});

test.each([502, 503, 504])(
  'a proxy that answers %i: four attempts, and none is taken for an abort',
  async (refuseWith) => {
    await using server = await startServer('HTTP/2 over TLS');
    await using proxy = await startProxy({ refuseWith });
    await using rig = await throughProxy(server, proxy.url);
    expect(await failureOf(start(rig))).toMatchObject({ code: 'PROXY_UNAVAILABLE', requestSent: false, attempts: 4 });
    expect([proxy.asked.length, server.counts().requests]).toEqual([4, 0]);
  },
);

test('a proxy that is ill twice and then well: done once', async () => {
  await using server = await startServer('HTTP/2 over TLS');
  await using proxy = await startProxy({ refuseWith: 503, times: 2 });
  await using rig = await throughProxy(server, proxy.url);
  await start(rig);
  expect([proxy.asked.length, server.engine.stats().workflowsStarted]).toEqual([3, 1]);
});

test('a proxy that drops the connection: four attempts, then unsent', async () => {
  await using server = await startServer('HTTP/2 over TLS');
  await using proxy = await startProxy({ drop: true });
  await using rig = await throughProxy(server, proxy.url);
  expect(await failureOf(start(rig))).toMatchObject({ requestSent: false, attempts: 4 });
  expect(proxy.asked).toHaveLength(4);
});

test('a proxy that hangs: the connect timeout, one attempt', async () => {
  await using server = await startServer('HTTP/2 over TLS');
  await using proxy = await startProxy({ hang: true });
  await using rig = await throughProxy(server, proxy.url);
  expect(await failureOf(start(rig))).toMatchObject({ code: 'CONNECT_TIMEOUT', requestSent: false, attempts: 1 });
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
  expect(server.engine.stats().workflowsStarted).toBe(1);
});

test.each([
  ['nothing', true],
  ['127.0.0.1', false],
  ['*', false],
  ['other.test,127.0.0.1', false],
  ['other.test', true],
  ['127.0.0.1:1', true],
])('NO_PROXY=%s: through the proxy: %s', async (noProxy, through) => {
  await using server = await startServer();
  await using proxy = await startProxy();
  process.env['http_proxy'] = withPassword(proxy.url);
  if (noProxy !== 'nothing') process.env['no_proxy'] = noProxy;
  await using rig = await openRig(server.url);
  await start(rig);
  expect(proxy.asked.length > 0).toBe(through);
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
