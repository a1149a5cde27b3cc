import { X509Certificate } from 'node:crypto';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { expect, test, vi } from 'vitest';
import { createTransport, TransportError } from '../../src/index.ts';
import { createAuthority } from '../servers/certificates.ts';
import { echo, echoStream, startHttp1, startHttp2, startHttps, startRaw } from '../servers/http-servers.ts';

const authority = await createAuthority();
const stranger = await createAuthority('Stranger');
const tls = await authority.issue(['localhost']);
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

test.each(['auto', 'off'] as const)(
  'a server signed by a stranger is not trusted, and got nothing (http2: %s)',
  async (http2) => {
    let requests = 0;
    await using server = await startHttps(tls, () => (requests += 1));
    await using transport = createTransport({ http2 });
    const error: unknown = await transport
      .fetch(server.url, { method: 'POST', body: 'x' })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'TLS_UNTRUSTED', requestSent: false, permanent: true });
    expect(requests).toBe(0);
  },
);

test('a certificate for another name is not trusted, and the error stays small', async () => {
  await using server = await startHttps(tls, echo);
  await using transport = createTransport({ tls: { ca: authority.cert } });
  const error: unknown = await transport.fetch(`https://127.0.0.1:${server.port}/`).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'TLS_UNTRUSTED', requestSent: false });
  expect(inspect(error, { depth: null, showHidden: true }).length).toBeLessThan(4_000);
});

test.each([
  ['a stranger', { ca: undefined }, 'Give the CA that signed it by caPath.'],
  ['another name', { ca: authority.cert }, 'Use a host name that the certificate is made for'],
])('a certificate of %s is not trusted, and the hint says what to do about that', async (_, { ca }, hint) => {
  await using server = await startHttps(tls, echo);
  await using transport = createTransport({ tls: { ca }, settingNames: { ca: 'caPath' } });
  await expect(transport.fetch(`https://127.0.0.1:${server.port}/`)).rejects.toMatchObject({
    code: 'TLS_UNTRUSTED',
    hint: expect.stringContaining(hint) as unknown,
  });
});

test('a certificate that has expired is no matter of the CA', () => {
  const cause = Object.assign(new Error('certificate has expired'), { code: 'CERT_HAS_EXPIRED' });
  expect(new TransportError('TLS_UNTRUSTED', { cause }).hint).toContain('renew it on the server');
});

test('TLS on a port without it, and plain HTTP on a port with it, say so', async () => {
  await using plain = await startHttp1(echo);
  await using secure = await startHttps(tls, echo);
  await using transport = createTransport();
  await expect(transport.fetch(`https://127.0.0.1:${plain.port}/`)).rejects.toMatchObject({
    code: 'TLS_FAILED',
    hint: expect.stringContaining('begin the URL with http://') as unknown,
  });
  for (let call = 0; call < 2; call += 1) {
    await expect(transport.fetch(`http://127.0.0.1:${secure.port}/`)).rejects.toMatchObject({
      code: 'TLS_REQUIRED',
      requestSent: 'unknown',
      permanent: true,
      hint: expect.stringContaining('Begin the URL with https://') as unknown,
    });
  }
});

test('a port that takes plain HTTP as well as TLS, and loses the answer: what it was sent is in doubt', async () => {
  await using secure = await startHttps(tls, echo);
  let requests = 0;
  await using both = await startRaw((socket) => {
    socket.once('data', (start) => {
      // A record of type handshake (RFC 8446 section 5.1).
      if (start[0] === 22) {
        const behind = connect(secure.port, '127.0.0.1').on('error', () => undefined);
        behind.write(start);
        socket.pipe(behind).pipe(socket);
        return;
      }
      requests += 1;
      socket.resetAndDestroy();
    });
  });
  await using transport = createTransport();
  await expect(transport.fetch(both.url, { method: 'POST', body: 'start' })).rejects.toMatchObject({
    code: 'TLS_REQUIRED',
    requestSent: 'unknown',
    permanent: true,
  });
  expect(requests).toBe(1);
});

test('a plain port that ends every connection is asked once whether it speaks TLS, and stays a lost connection', async () => {
  let handshakes = 0;
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (start) => {
      // A record of type handshake (RFC 8446 section 5.1).
      if (start[0] === 22) handshakes += 1;
      socket.destroy();
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  await using transport = createTransport();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  for (let call = 0; call < 3; call += 1) {
    await expect(transport.fetch(url)).rejects.toMatchObject({ code: 'CONNECTION_RESET', requestSent: 'unknown' });
  }
  server.close();
  expect(handshakes).toBe(1);
});

test('a call that is aborted while its port is asked for TLS ends with its reason, and nothing stays open', async () => {
  const controller = new AbortController();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
    socket.once('data', (start) => (start[0] === 22 ? controller.abort('enough') : socket.destroy()));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  await using transport = createTransport();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await expect(transport.fetch(url, { signal: controller.signal })).rejects.toBe('enough');
  await vi.waitFor(() => expect(sockets.size).toBe(0));
  server.close();
});

test('`servername` is what the certificate is checked against', async () => {
  await using server = await startHttps(tls, echo);
  await using transport = createTransport({ tls: { ca: authority.cert, servername: 'localhost' } });
  expect((await transport.fetch(`https://127.0.0.1:${server.port}/`)).status).toBe(200);
});

test('a CA is added to those of the system, or takes their place', async () => {
  await using server = await startHttps(tls, echo);
  for (const caMode of ['add', 'replace'] as const) {
    await using transport = createTransport({ tls: { ca: [stranger.cert, authority.cert], caMode } });
    expect((await transport.fetch(server.url)).status).toBe(200);
  }
  await using other = createTransport({ tls: { ca: stranger.cert, caMode: 'replace' } });
  await expect(other.fetch(server.url)).rejects.toMatchObject({ code: 'TLS_UNTRUSTED' });
});

for (const http2 of ['auto', 'off'] as const) {
  const start = () => {
    const options = { ...tls, ca: authority.cert, requestCert: true, rejectUnauthorized: true };
    return http2 === 'auto' ? startHttp2(echoStream, { tls: options }) : startHttps(options, echo);
  };

  test(`a server that asks for a client certificate gets it (http2: ${http2})`, async () => {
    await using server = await start();
    const client = await authority.issue(['client']);
    // A file may have been read as text or as bytes.
    const bytes = (pem: string): Uint8Array => new TextEncoder().encode(pem);
    const inBytes = { ca: [bytes(authority.cert)], cert: bytes(client.cert), key: bytes(client.key) };
    for (const own of [{ ca: authority.cert, ...client }, inBytes]) {
      await using transport = createTransport({ http2, tls: own });
      expect((await transport.fetch(server.url)).status).toBe(200);
    }
    expect(new X509Certificate(client.cert).subject).toBe('CN=client');
  });

  test(`without the client certificate that the server asks for, nothing is processed (http2: ${http2})`, async () => {
    await using server = await start();
    await using transport = createTransport({ http2, tls: { ca: authority.cert } });
    const error: unknown = await transport.fetch(server.url, { method: 'POST' }).catch((thrown: unknown) => thrown);
    // The alert may be overtaken by the end of the connection; then nobody can tell.
    expect(error).toMatchObject({ code: expect.stringMatching(/^(TLS_FAILED|CONNECTION_RESET|SESSION_ENDED)$/) });
  });

  test(`a client certificate that is missing is named by the application's settings (http2: ${http2})`, async () => {
    await using server = await start();
    const settingNames = { cert: 'certPath', key: 'keyPath' };
    const warnings: string[] = [];
    const logger = { ...silent, warn: (message: string) => void warnings.push(message) };
    await using transport = createTransport({ http2, tls: { ca: authority.cert }, settingNames, logger });
    const hints = new Set<unknown>();
    for (let times = 0; times < 5; times += 1) {
      await transport.fetch(server.url).catch((error: TransportError) => hints.add(error.hint));
    }
    expect([...hints]).toContain('The server wants another client certificate: give it by certPath and keyPath.');
    // No call has waited for the connection of the one before.
    expect(warnings).toEqual([]);
  });
}
