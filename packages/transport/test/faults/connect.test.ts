import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as http from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { listen } from '@conductor-ts/sockets';
import { expect, test } from 'vitest';
import { createTransport } from '../../src/index.ts';
import { echo, startHttp1, startRaw } from '../servers/http-servers.ts';

async function closedPort(): Promise<number> {
  const server = await startRaw((socket) => void socket.resume());
  await server.close();
  return server.port;
}

test('nobody listens: the error names every address that was tried', async () => {
  await using transport = createTransport();
  const port = await closedPort();
  const error: unknown = await transport.fetch(`http://localhost:${port}/`).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    code: 'CONNECT_REFUSED',
    requestSent: false,
    permanent: false,
    origin: `http://localhost:${port}`,
  });
  expect((error as { addresses: string[] }).addresses).toContain(`127.0.0.1:${port} ECONNREFUSED`);
});

test('nobody listens for HTTP/2: every waiting call gets an error of its own', async () => {
  await using transport = createTransport({ http2: 'prior-knowledge' });
  const url = `http://127.0.0.1:${await closedPort()}/`;
  const results = await Promise.allSettled([transport.fetch(url), transport.fetch(url)]);
  const [one, two] = results.map((result) => (result.status === 'rejected' ? (result.reason as unknown) : undefined));
  expect(one).toMatchObject({ code: 'CONNECT_REFUSED', requestSent: false });
  expect(two).toMatchObject({ code: 'CONNECT_REFUSED', requestSent: false });
  expect(one).not.toBe(two);
});

const loopback = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .filter(({ internal }) => internal)
  .map(({ address }) => address)
  .filter((address) => address === '127.0.0.1' || address === '::1');

test.each(loopback)('localhost reaches a server that listens on %s only', async (host) => {
  await using server = await listen(http.createServer(echo), { host });
  await using transport = createTransport();
  expect((await transport.fetch(`http://localhost:${server.port}/`)).status).toBe(200);
});

test('a server that is slow to take connections is not given up for an address that leads nowhere', async () => {
  await using child = await startBacklogged();
  // What the backlog holds. The next handshake goes unanswered until the server goes on and the system asks again, after a second.
  const fillers = Array.from({ length: 8 }, () => connect(child.port, '127.0.0.1').on('error', () => undefined));
  await expect.poll(() => fillers.filter((socket) => !socket.connecting).length).toBeGreaterThan(0);
  const resumed = setTimeout(() => child.goOn(), 600);
  await using transport = createTransport();
  expect((await transport.fetch(`http://localhost:${child.port}/`)).status).toBe(200);
  clearTimeout(resumed);
  for (const socket of fillers) socket.destroy();
});

test('a server that comes up later is reached by the next call', async () => {
  await using transport = createTransport();
  const port = await closedPort();
  await expect(transport.fetch(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ requestSent: false });
  const server = http.createServer(echo);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  expect((await transport.fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
  await transport.close();
  server.close();
});

test('a name that does not exist', async () => {
  await using transport = createTransport();
  await expect(transport.fetch('http://no-such-host.invalid/')).rejects.toMatchObject({
    code: 'DNS_FAILED',
    requestSent: false,
  });
});

test.each(['auto', 'off'] as const)(
  'a server that accepts and stays silent in the handshake (http2: %s) ends at the connect timeout',
  async (http2) => {
    await using server = await startRaw((socket) => void socket.resume());
    await using transport = createTransport({
      http2,
      connectTimeoutMs: 50,
      settingNames: { connectTimeoutMs: 'APP_CONNECT' },
    });
    await expect(transport.fetch(`https://127.0.0.1:${server.port}/`)).rejects.toMatchObject({
      code: 'CONNECT_TIMEOUT',
      requestSent: false,
      timeoutMs: 50,
      hint: expect.stringContaining('APP_CONNECT'),
    });
    await expect.poll(() => server.sockets.size).toBe(0);
  },
);

test.each(['auto', 'off'] as const)('a server that speaks no TLS (http2: %s)', async (http2) => {
  await using server = await startRaw((socket) => socket.end('SSH-2.0-OpenSSH\r\n'));
  await using transport = createTransport({ http2 });
  await expect(transport.fetch(`https://127.0.0.1:${server.port}/`)).rejects.toMatchObject({
    code: 'TLS_FAILED',
    requestSent: false,
    permanent: true,
  });
});

test('a connection that is reset on accept is unsent or in doubt, never answered', async () => {
  await using server = await startRaw((socket) => socket.resetAndDestroy());
  await using transport = createTransport();
  const error: unknown = await transport.fetch(server.url, { method: 'POST' }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: expect.stringMatching(/^(CONNECT_FAILED|CONNECTION_RESET)$/) });
  expect((error as { requestSent: unknown }).requestSent).not.toBe(true);
});

test.each([
  ['FIN', (socket: Socket) => void socket.end()],
  ['RST', (socket: Socket) => void socket.resetAndDestroy()],
])('a %s after the request leaves it in doubt', async (_name, end) => {
  let requests = 0;
  await using server = await startRaw((socket) => {
    socket.on('data', (start) => {
      // What is no request asks whether this port speaks TLS.
      if (String(start).startsWith('POST')) requests += 1;
      end(socket);
    });
  });
  await using transport = createTransport();
  await expect(transport.fetch(server.url, { method: 'POST', body: 'x' })).rejects.toMatchObject({
    code: 'CONNECTION_RESET',
    requestSent: 'unknown',
  });
  expect(requests).toBe(1);
});

test('a keep-alive socket that the server has closed is not used again', async () => {
  await using server = await startHttp1(echo);
  await using transport = createTransport();
  await (await transport.fetch(server.url)).text();
  for (const socket of server.sockets) socket.end();
  await expect.poll(() => server.sockets.size).toBe(0);
  expect((await transport.fetch(server.url, { method: 'POST' })).status).toBe(200);
  expect(server.accepted).toBe(2);
});

/** A process that listens on 127.0.0.1 with the smallest of backlogs, and is stopped. */
async function startBacklogged(): Promise<AsyncDisposable & { readonly port: number; goOn(): void }> {
  const program = `
    const server = require('node:http').createServer((_, response) => response.end('ok'));
    server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(server.address().port));
    setTimeout(() => process.exit(), 30_000);`;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  child.kill('SIGSTOP');
  return {
    port: Number(String(line)),
    goOn: () => void child.kill('SIGCONT'),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}
