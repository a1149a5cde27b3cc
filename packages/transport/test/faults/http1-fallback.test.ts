import * as http2 from 'node:http2';
import * as net from 'node:net';
import * as tls from 'node:tls';
import { listen } from '@conductor-ts/sockets';
import { expect, test } from 'vitest';
import { createTransport } from '../../src/index.ts';
import { createAuthority } from '../servers/certificates.ts';

const authority = await createAuthority();
const pair = await authority.issue(['localhost']);

test('an origin that promises HTTP/2 and breaks it twice is served by HTTP/1.1, with one warning', async () => {
  const warnings: string[] = [];
  const nothing = (): void => {};
  const logger = {
    debug: nothing,
    info: nothing,
    error: nothing,
    warn: (message: string) => void warnings.push(message),
  };
  const server = tls.createServer({ ...pair, ALPNProtocols: ['h2', 'http/1.1'] }, (socket) => {
    socket.on('error', nothing);
    if (socket.alpnProtocol === 'h2') return socket.destroy();
    socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'));
    return socket;
  });
  await using listening = await listen(server);
  await using transport = createTransport({
    tls: { ca: authority.cert },
    settingNames: { http2: 'APP_DISABLE_HTTP2' },
    logger,
  });
  const url = `https://localhost:${listening.port}/`;
  for (let round = 0; round < 2; round += 1)
    await expect(transport.fetch(url)).rejects.toMatchObject({ requestSent: 'unknown' });
  for (let round = 0; round < 3; round += 1) expect(await (await transport.fetch(url)).text()).toBe('ok');
  expect(warnings).toEqual([expect.stringContaining('APP_DISABLE_HTTP2')]);
  expect(transport.stats().origins[0]?.protocol).toBe('h1');
});

test('a connection that is being made when HTTP/2 is given up does not bring it back', async () => {
  const ignore = (): void => {};
  const answers: (() => void)[] = [];
  const sessions: http2.ServerHttp2Session[] = [];
  const speaks = http2.createSecureServer({ ...pair, allowHTTP1: true, settings: { maxConcurrentStreams: 1 } });
  speaks.on('session', (session) => void sessions.push(session.on('error', ignore)));
  speaks.on('stream', (stream) => stream.on('error', ignore));
  speaks.on('tlsClientError', ignore);
  speaks.on('request', ({ httpVersionMajor }, response) => {
    if (httpVersionMajor === 1) answers.push(() => response.end('ok'));
  });
  let late: net.Socket | undefined;
  let isLateClosed = false;
  let accepted = 0;
  await using listening = await listen(
    net.createServer((socket) => {
      accepted += 1;
      socket.on('error', ignore);
      if (accepted !== 3) return void speaks.emit('connection', socket);
      late = socket.resume().once('close', () => (isLateClosed = true));
    }),
  );
  await using transport = createTransport({ tls: { ca: authority.cert }, connectTimeoutMs: 0 });
  const url = `https://localhost:${listening.port}/`;
  for (const fault of [1, 2]) {
    const broken = transport.fetch(url).catch((error: unknown) => error);
    await expect.poll(() => sessions.length).toBe(fault);
    // The second time another call waits, for which one more connection is being made.
    const next = fault === 1 ? undefined : transport.fetch(url);
    if (next !== undefined) await expect.poll(() => late).toBeDefined();
    sessions[fault - 1]?.goaway(http2.constants.NGHTTP2_PROTOCOL_ERROR);
    await broken;
    if (next === undefined) continue;
    await expect.poll(() => answers.length).toBe(1);
    await expect.poll(() => isLateClosed).toBe(true);
    expect(transport.stats().origins[0]?.protocol).toBe('h1');
    answers[0]?.();
    expect(await (await next).text()).toBe('ok');
  }
});
