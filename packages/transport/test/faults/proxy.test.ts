import { inspect } from 'node:util';
import { startProxy } from '@conductor-ts/sockets';
import { afterEach, expect, test } from 'vitest';
import { ProxyAuthError, createTransport } from '../../src/index.ts';
import { createAuthority } from '../servers/certificates.ts';
import { echo, echoOf, echoStream, startHttp1, startHttp2, startHttps } from '../servers/http-servers.ts';

const authority = await createAuthority();
const tls = await authority.issue(['localhost', '127.0.0.1']);
const client = await authority.issue(['client']);
const saved = { ...process.env };
afterEach(() => {
  for (const name of ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'no_proxy', 'NO_PROXY']) {
    if (saved[name] === undefined) delete process.env[name];
    else process.env[name] = saved[name];
  }
});

for (const kind of ['HTTP', 'HTTPS']) {
  const start = () => startProxy(kind === 'HTTPS' ? { tls } : {});

  test(`through an ${kind} proxy a private CA counts, and HTTP/2 is spoken`, async () => {
    await using server = await startHttp2(echoStream, { tls });
    await using proxy = await start();
    await using transport = createTransport({ proxy: proxy.url, tls: { ca: authority.cert } });
    expect(await echoOf(transport.fetch(server.url))).toMatchObject({ httpVersion: '2.0' });
    expect(proxy.asked).toEqual([`CONNECT localhost:${server.port}`]);
  });

  test(`through an ${kind} proxy the client certificate is shown`, async () => {
    await using server = await startHttps(
      { ...tls, ca: authority.cert, requestCert: true, rejectUnauthorized: true },
      echo,
    );
    await using proxy = await start();
    await using transport = createTransport({ proxy: proxy.url, tls: { ca: authority.cert, ...client } });
    expect(await echoOf(transport.fetch(server.url))).toMatchObject({ httpVersion: '1.1' });
  });

  test(`through an ${kind} proxy certificates can be left unchecked`, async () => {
    await using server = await startHttps(tls, echo);
    await using proxy = await start();
    await using transport = createTransport({ proxy: proxy.url, tls: { insecure: true } });
    expect((await transport.fetch(server.url)).status).toBe(200);
  });

  test(`through an ${kind} proxy a plain request names the whole URL`, async () => {
    await using server = await startHttp1(echo);
    await using proxy = await start();
    await using transport = createTransport({
      proxy: proxy.url.replace('//', '//user:pa%20ss@'),
      tls: { ca: authority.cert },
    });
    const seen = await echoOf(transport.fetch(`${server.url}/a?b`, { method: 'POST', body: 'x' }));
    expect(seen).toMatchObject({ url: '/a?b', body: 'x' });
    expect(seen.headers['host']).toBe(`127.0.0.1:${server.port}`);
    expect(proxy.asked).toEqual([`POST ${server.url}/a?b`]);
    expect(proxy.authorizations).toEqual([`Basic ${Buffer.from('user:pa ss').toString('base64')}`]);
  });

  test(`an ${kind} proxy that does not answer ends at the connect timeout`, async () => {
    await using proxy = await startProxy({ hang: true, ...(kind === 'HTTPS' ? { tls } : {}) });
    await using transport = createTransport({ proxy: proxy.url, connectTimeoutMs: 150, tls: { ca: authority.cert } });
    await expect(transport.fetch('https://a.test/')).rejects.toMatchObject({
      code: 'CONNECT_TIMEOUT',
      proxy: proxy.url,
      requestSent: false,
    });
  });
}

test('prior knowledge of HTTP/2 goes through a tunnel', async () => {
  await using server = await startHttp2(echoStream);
  await using proxy = await startProxy();
  await using transport = createTransport({ proxy: proxy.url, http2: 'prior-knowledge' });
  expect(await echoOf(transport.fetch(server.url))).toMatchObject({ httpVersion: '2.0' });
  expect(proxy.asked).toEqual([`CONNECT 127.0.0.1:${server.port}`]);
});

test.each(['https://a.test/', 'http://a.test/'])(
  'a proxy that wants credentials for %s is told apart, and the password is never shown',
  async (url) => {
    await using proxy = await startProxy({ refuseWith: 407 });
    const settingNames = { proxy: 'proxyUrl' };
    await using transport = createTransport({ proxy: proxy.url.replace('//', '//user:hunter2@'), settingNames });
    const error: unknown = await transport.fetch(url).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProxyAuthError);
    expect(error).toMatchObject({
      code: 'PROXY_AUTH_REQUIRED',
      status: 407,
      requestSent: false,
      permanent: true,
      proxy: proxy.url,
      source: 'proxyUrl',
      hint: expect.stringContaining('see `source`') as unknown,
    });
    expect(inspect(error, { depth: null, showHidden: true }) + JSON.stringify(error) + String(error)).not.toContain(
      'hunter2',
    );
    expect(proxy.asked).toHaveLength(1);
  },
);

test.each([502, 503, 504])('a proxy that answers %i has sent nothing, and may do better later', async (refuseWith) => {
  await using proxy = await startProxy({ refuseWith });
  await using transport = createTransport({ proxy: proxy.url });
  await expect(transport.fetch('https://a.test/', { method: 'POST' })).rejects.toMatchObject({
    code: 'PROXY_UNAVAILABLE',
    status: refuseWith,
    requestSent: false,
    permanent: false,
  });
});

test('a proxy that answers 403 has decided', async () => {
  await using proxy = await startProxy({ refuseWith: 403 });
  await using transport = createTransport({ proxy: proxy.url });
  await expect(transport.fetch('https://a.test/')).rejects.toMatchObject({
    code: 'PROXY_REFUSED',
    status: 403,
    permanent: true,
  });
});

test('a proxy that hangs up has sent nothing, and is asked once', async () => {
  await using proxy = await startProxy({ drop: true });
  await using transport = createTransport({ proxy: proxy.url });
  await expect(transport.fetch('https://a.test/')).rejects.toMatchObject({
    name: 'TransportError',
    requestSent: false,
    proxy: proxy.url,
  });
  expect(proxy.asked).toHaveLength(1);
});

test('a proxy that is not there is named in the error', async () => {
  const proxy = await startProxy();
  await proxy.close();
  await using transport = createTransport({ proxy: proxy.url });
  await expect(transport.fetch('https://a.test/')).rejects.toMatchObject({ code: 'CONNECT_REFUSED', proxy: proxy.url });
});

test('the environment names the proxy, and NO_PROXY exempts from it', async () => {
  await using server = await startHttp1(echo);
  await using proxy = await startProxy();
  process.env['http_proxy'] = proxy.url;
  const lines: object[] = [];
  const nothing = (): void => {};
  const logger = {
    info: nothing,
    warn: nothing,
    error: nothing,
    debug: (_: string, fields?: object) => void lines.push(fields ?? {}),
  };
  await using through = createTransport({ logger });
  expect((await through.fetch(server.url)).status).toBe(200);
  expect(proxy.asked).toHaveLength(1);
  expect(lines).toEqual([{ origin: server.url, proxy: proxy.url, source: 'http_proxy' }]);
  process.env['no_proxy'] = '127.0.0.1';
  await using direct = createTransport();
  expect((await direct.fetch(server.url)).status).toBe(200);
  expect(proxy.asked).toHaveLength(1);
});
