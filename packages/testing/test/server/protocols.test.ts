import type { AddressInfo } from 'node:net';
import { connect as connectTls, createServer as createTlsServer } from 'node:tls';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startConductorServer } from '../../src/index.ts';
import { call, codeOf, exchangeBytes, openHttp2 } from '../call.ts';

test('cleartext HTTP/2 by prior knowledge and HTTP/1.1 share one port', async () => {
  await using server = await startConductorServer({ http2: true });
  using client = openHttp2(server);
  expect(await client.call('GET', '/api/version')).toMatchObject({ status: 200, text: '3.32.3' });
  expect(await client.call('POST', '/api/metadata/taskdefs', [{ name: 't' }])).toMatchObject({ status: 200, text: '' });
  expect(await call(server, 'GET', '/api/version')).toMatchObject({ status: 200, text: '3.32.3' });
  expect(server.received.map(({ protocol }) => protocol)).toEqual(['HTTP/2', 'HTTP/2', 'HTTP/1.1']);
  expect(server.connections().map(({ protocol }) => protocol)).toContain('HTTP/2');
});

test.for([
  ['resets its stream', 10_000, [200]],
  ['ends the session', 20_000, []],
] as const)('over HTTP/2 a head over 8 KiB %s, as on the real server', async ([, length, after]) => {
  await using server = await startConductorServer({ http2: true });
  using client = openHttp2(server);
  expect((await client.call('GET', `/api/version?q=${'x'.repeat(7_500)}`)).status).toBe(200);
  await expect(client.call('GET', `/api/version?q=${'x'.repeat(length)}`)).rejects.toThrow('RST 11');
  const next = await client.call('GET', '/api/version').then(
    ({ status }) => [status],
    () => [],
  );
  expect(next).toEqual(after);
});

test('without the option cleartext HTTP/2 is not understood, as on the real server', async () => {
  await using server = await startConductorServer();
  expect(await exchangeBytes(server.port, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
});

test('a request to upgrade to HTTP/2 is answered over HTTP/1.1', async () => {
  await using server = await startConductorServer();
  const headers = { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': 'AAMAAABkAAQAAP__' };
  expect((await call(server, 'GET', '/api/version', undefined, { headers })).status).toBe(200);
});

test.for([
  [true, ['h2', 'http/1.1'], 'h2'],
  [true, ['http/1.1'], 'http/1.1'],
  [false, ['h2', 'http/1.1'], 'http/1.1'],
] as const)('with http2: %s a client that offers %j gets %s', async ([http2, offered, chosen]) => {
  await using server = await startConductorServer({ tls: true, http2 });
  const socket = connectTls({ port: server.port, host: '127.0.0.1', ca: server.ca, ALPNProtocols: [...offered] });
  await once(socket, 'secureConnect');
  expect(socket.alpnProtocol).toBe(chosen);
  socket.destroy();
});

test('over TLS both versions of HTTP work, and a client that does not trust the authority fails', async () => {
  await using server = await startConductorServer({ tls: true, http2: true });
  expect(server.url).toMatch(/^https:/);
  using client = openHttp2(server);
  expect(await client.call('GET', '/api/version')).toMatchObject({ status: 200, text: '3.32.3' });
  const tls = { ca: server.ca };
  expect(await call(server, 'GET', '/api/version', undefined, { tls })).toMatchObject({ status: 200 });
  expect(await codeOf(call(server, 'GET', '/api/version'))).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
});

test('mutual TLS takes the certificate it offers and refuses a client without one', async () => {
  await using server = await startConductorServer({ mtls: true });
  const { ca, clientCertificate } = server;
  expect(await call(server, 'GET', '/api/version', undefined, { tls: { ca, ...clientCertificate } })).toMatchObject({
    status: 200,
  });
  expect(await codeOf(call(server, 'GET', '/api/version', undefined, { tls: { ca } }))).toMatch(
    /ECONNRESET|EPIPE|ERR_SSL/,
  );
  expect(server.counts().requests).toBe(1);
});

test.for([
  [{ validDays: -1 }, 'CERT_HAS_EXPIRED'],
  [{ hosts: ['elsewhere.test'] }, 'ERR_TLS_CERT_ALTNAME_INVALID'],
] as const)('a certificate that is not good can be asked for: %j gives %s', async ([tls, code]) => {
  await using server = await startConductorServer({ tls });
  expect(await codeOf(call(server, 'GET', '/api/version', undefined, { tls: { ca: server.ca } }))).toBe(code);
});

test('certificates are made once for a process', async () => {
  await using one = await startConductorServer({ tls: true });
  await using other = await startConductorServer({ tls: true });
  expect(one.ca).toBe(other.ca);
});

test('certificates can be written for configuration that takes paths, and only the owner can read the key', async () => {
  await using server = await startConductorServer({ mtls: true });
  const directory = await mkdtemp(join(tmpdir(), 'conductor-testing-'));
  try {
    const { caPath, certPath, keyPath } = await server.writeCertificates(join(directory, 'pem'));
    expect(await readFile(caPath, 'utf8')).toBe(server.ca);
    expect(await readFile(certPath, 'utf8')).toBe(server.clientCertificate.cert);
    expect((await stat(keyPath)).mode & 0o077).toBe(0);
  } finally {
    await rm(directory, { recursive: true });
  }
});

test('the written certificate of the server serves a proxy of its own, which the same client trusts', async () => {
  await using server = await startConductorServer({ tls: true });
  const directory = await mkdtemp(join(tmpdir(), 'conductor-testing-'));
  try {
    const { serverCertPath, serverKeyPath } = await server.writeCertificates(directory);
    expect((await stat(serverKeyPath)).mode & 0o077).toBe(0);
    const [cert, key] = await Promise.all([readFile(serverCertPath), readFile(serverKeyPath)]);
    const proxy = createTlsServer({ cert, key }, (socket) => socket.end('hello')).listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const { port } = proxy.address() as AddressInfo;
    const socket = connectTls({ port, host: '127.0.0.1', ca: server.ca });
    expect(String((await once(socket, 'data'))[0])).toBe('hello');
    proxy.close();
  } finally {
    await rm(directory, { recursive: true });
  }
});

test('certificates that are to be written nowhere are refused in words', async () => {
  await using server = await startConductorServer({ tls: true });
  // @ts-expect-error: the folder is missing
  await expect(server.writeCertificates()).rejects.toThrow('writeCertificates: no folder is given.');
  await expect(server.writeCertificates('')).rejects.toThrow('Give the path of a folder');
});

test('a server without TLS says so when it is asked for certificates', async () => {
  await using server = await startConductorServer();
  expect(() => server.ca).toThrow('Start it with tls: true');
});
