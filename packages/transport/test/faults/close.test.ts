import { expect, test } from 'vitest';
import { createTransport } from '../../src/index.ts';
import { echo, startHttp1, startHttp2, startRaw } from '../servers/http-servers.ts';

const BOTH = ['auto', 'prior-knowledge'] as const;

/** A server that answers when it is told to. */
async function startPatient(http2: (typeof BOTH)[number]) {
  const answers: (() => void)[] = [];
  const server =
    http2 === 'auto'
      ? await startHttp1((_, response) => void answers.push(() => response.end('ok')))
      : await startHttp2((stream) => {
          answers.push(() => {
            stream.respond({ ':status': 200 });
            stream.end('ok');
          });
        });
  return Object.assign(server, { answers });
}

test.each(BOTH)('close lets calls in flight finish and takes no new ones (http2: %s)', async (http2) => {
  await using server = await startPatient(http2);
  const transport = createTransport({ http2 });
  const call = transport.fetch(server.url);
  await expect.poll(() => server.answers.length).toBe(1);
  const closed = transport.close({ timeoutMs: 60_000 });
  expect(transport.close()).toBe(closed);
  await expect(transport.fetch(server.url)).rejects.toMatchObject({ code: 'CLOSED', requestSent: false });
  server.answers[0]?.();
  expect(await (await call).text()).toBe('ok');
  await closed;
  await expect.poll(() => server.sockets.size).toBe(0);
});

test.each(BOTH)('close ends at its timeout what does not finish by itself (http2: %s)', async (http2) => {
  await using server = await startPatient(http2);
  const transport = createTransport({ http2, maxHttp1Sockets: 1, maxHttp2Sessions: 1, maxStreamsPerSession: 1 });
  const running = transport.fetch(server.url);
  const waiting = transport.fetch(server.url);
  await expect.poll(() => server.answers.length).toBe(1);
  const closed = transport.close({ timeoutMs: 20 });
  await expect(running).rejects.toMatchObject({ code: 'CLOSED', requestSent: 'unknown' });
  await expect(waiting).rejects.toMatchObject({ code: 'CLOSED', requestSent: false });
  await closed;
});

test.each(BOTH)('destroy ends everything at once, also a body that is being read (http2: %s)', async (http2) => {
  await using server =
    http2 === 'auto'
      ? await startHttp1((_, response) => void response.write('part'))
      : await startHttp2((stream) => {
          stream.respond({ ':status': 200 });
          stream.write('part');
        });
  const transport = createTransport({ http2 });
  const text = (await transport.fetch(server.url)).text();
  const reason = new Error('going down');
  await Promise.all([
    expect(text).rejects.toMatchObject({ code: 'CLOSED', requestSent: true, cause: reason }),
    transport.destroy(reason),
  ]);
  await transport.close();
});

test('close while connecting', async () => {
  await using server = await startRaw((socket) => void socket.resume());
  const transport = createTransport();
  const call = transport.fetch(`https://127.0.0.1:${server.port}/`);
  await expect.poll(() => server.sockets.size).toBe(1);
  await Promise.all([
    expect(call).rejects.toMatchObject({ code: 'CLOSED', requestSent: false }),
    transport.close({ timeoutMs: 0 }),
  ]);
  await expect.poll(() => server.sockets.size).toBe(0);
});

test('close of a transport that was never used, and of an idle one', async () => {
  await createTransport().close();
  await using server = await startHttp1(echo);
  const transport = createTransport();
  await (await transport.fetch(server.url)).text();
  await transport.close();
  await expect.poll(() => server.sockets.size).toBe(0);
});

test.each([Infinity, 3e9, Number.NaN])('close with a timeout of %s waits for calls in flight', async (timeoutMs) => {
  await using server = await startPatient('auto');
  const transport = createTransport();
  const call = transport.fetch(server.url);
  await expect.poll(() => server.answers.length).toBe(1);
  const closed = transport.close({ timeoutMs });
  // A timer that has overflowed has run by now.
  await new Promise((resolve) => setTimeout(resolve, 20));
  server.answers[0]?.();
  expect(await (await call).text()).toBe('ok');
  await closed;
});

test.each(['going down', 42, Symbol('why'), { why: 'none' }])(
  'destroy with %s, as the reason of a signal may be, ends everything',
  async (why) => {
    await using server = await startPatient('prior-knowledge');
    const transport = createTransport({ http2: 'prior-knowledge' });
    const call = transport.fetch(server.url);
    await expect.poll(() => server.answers.length).toBe(1);
    const ended = expect(call).rejects.toMatchObject({ code: 'CLOSED', cause: why });
    await transport.destroy(why as unknown as Error);
    await ended;
    await expect.poll(() => server.sockets.size).toBe(0);
  },
);
