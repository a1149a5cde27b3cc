import { expect, test } from 'vitest';
import { createTimedTransport } from '../../src/create-transport.ts';
import { createTransport } from '../../src/index.ts';
import { failingLogger } from '../servers/failing-logger.ts';
import { echo, echoOf, startHttp1, startHttp2 } from '../servers/http-servers.ts';

// An unhandled rejection or exception fails the run: that none of this causes one is part of each test.

const enough = new Error('enough');

/** The signal of a polyfill: it has no reason. */
function plainSignal(): AbortSignal & { abort(): void } {
  const signal = Object.assign(new EventTarget(), { aborted: false });
  const abort = (): void => {
    signal.aborted = true;
    signal.dispatchEvent(new Event('abort'));
  };
  return Object.assign(signal, { abort }) as unknown as AbortSignal & { abort(): void };
}

test.each(['auto', 'prior-knowledge'] as const)(
  'half a body is never taken for a whole one, also where the signal gives no reason (http2: %s)',
  async (http2) => {
    await using server =
      http2 === 'auto'
        ? await startHttp1((_, response) => void response.write('half of'))
        : await startHttp2((stream) => {
            stream.respond({ ':status': 200 });
            stream.write('half of');
          });
    await using transport = createTransport({ http2 });
    for (const read of ['text', 'stream'] as const) {
      const signal = plainSignal();
      const response = await transport.fetch(server.url, { signal });
      const reader = read === 'stream' ? response.body?.getReader() : undefined;
      const reading = reader === undefined ? response.text() : reader.read().then(() => reader.read());
      signal.abort();
      await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
    }
  },
);

test('a call ends with an AbortError where the signal gives no reason, before it and in it', async () => {
  await using server = await startHttp1(() => undefined);
  await using transport = createTransport();
  const signal = plainSignal();
  const call = transport.fetch(server.url, { signal });
  await expect.poll(() => server.sockets.size).toBe(1);
  signal.abort();
  await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  await expect(transport.fetch(server.url, { signal })).rejects.toMatchObject({ name: 'AbortError' });
});

test('a body that cannot be read under a signal that is aborted already is nobody’s trouble', async () => {
  await using transport = createTransport();
  const body = brokenBlob();
  const call = transport.fetch('http://127.0.0.1:9/', { method: 'POST', body, signal: AbortSignal.abort(enough) });
  await expect(call).rejects.toBe(enough);
  await new Promise((resolve) => setImmediate(resolve));
});

test('a Request of another package may have no signal', async () => {
  await using server = await startHttp1(echo);
  await using transport = createTransport();
  const body = { arrayBuffer: async () => new TextEncoder().encode('text').buffer };
  const request = { url: server.url, method: 'POST', headers: [], redirect: 'follow', signal: null, body: {}, ...body };
  expect(await echoOf(transport.fetch(request as unknown as Request))).toMatchObject({ body: 'text' });
});

test('a Request whose signal was taken off it is not ended by that', async () => {
  await using server = await startHttp1(echo);
  await using transport = createTransport();
  const request = new Request(server.url, { method: 'POST', body: 'x', signal: AbortSignal.abort() });
  expect((await transport.fetch(request, { signal: null })).status).toBe(200);
});

test('a body that is still read when the transport is closed is sent', async () => {
  await using server = await startHttp1(echo);
  const transport = createTransport();
  const sent = transport.fetch(server.url, { method: 'POST', body: new Blob(['text']) });
  const closed = transport.close({ timeoutMs: 900_000 });
  expect(await echoOf(sent)).toMatchObject({ body: 'text' });
  await closed;
});

test('a body that never ends is not waited for when the transport is closed', async () => {
  const transport = createTransport();
  const stuck = transport.fetch('http://127.0.0.1:9/', { method: 'POST', body: endlessBlob() });
  const ended = expect(stuck).rejects.toMatchObject({ code: 'CLOSED', requestSent: false });
  await Promise.all([ended, transport.close({ timeoutMs: 20 })]);
});

test('whoever gives up while his body is read is not waited for by the end of the transport', async () => {
  const transport = createTransport();
  const controller = new AbortController();
  const { signal } = controller;
  const call = transport.fetch('http://127.0.0.1:9/', { method: 'POST', body: endlessBlob(), signal });
  const ended = expect(call).rejects.toBe(enough);
  const closed = transport.close({ timeoutMs: 900_000 });
  controller.abort(enough);
  await Promise.all([ended, closed]);
});

test.each(['at once', 'later'] as const)('a logger that throws %s changes nothing, and ends nothing', async (when) => {
  const answers: (() => void)[] = [];
  await using server = await startHttp1((_, response) => void answers.push(() => response.end('ok')));
  const failing = failingLogger(when);
  const options = { logger: failing.logger, maxHttp1Sockets: 1, tls: { insecure: true }, keepAliveTimeoutMs: 40 };
  await using transport = createTimedTransport(options, { afterMs: 1, everyMs: 900_000 });
  expect(failing.lines).toBe(1);
  const calls = [transport.fetch(server.url), transport.fetch(server.url)];
  // The second one waits for the socket of the first, which is told by the timer.
  await expect.poll(() => [failing.lines, answers.length]).toEqual([2, 1]);
  answers[0]?.();
  await expect.poll(() => answers.length).toBe(2);
  answers[1]?.();
  expect(await Promise.all(calls.map(async (call) => (await call).text()))).toEqual(['ok', 'ok']);
});

test.each([{}, { aborted: false, addEventListener: () => undefined }, true, 42])(
  'what is no signal (%j) is refused before anything is read, and leaves nothing behind',
  async (signal) => {
    await using server = await startHttp1(echo);
    const transport = createTransport();
    for (const body of ['text', new FormData(), brokenBlob()]) {
      const init = { method: 'POST', body, signal: signal as unknown as AbortSignal };
      await expect(transport.fetch(server.url, init)).rejects.toMatchObject({
        code: 'INVALID_REQUEST',
        detail: 'signal',
      });
    }
    expect(server.sockets.size).toBe(0);
    await transport.close({ timeoutMs: 900_000 });
  },
);

function brokenBlob(): Blob {
  return blobLike(() => Promise.reject(new Error('the file has changed')));
}

function endlessBlob(): Blob {
  return blobLike(() => new Promise(() => undefined));
}

function blobLike(arrayBuffer: () => Promise<ArrayBuffer>): Blob {
  return { type: '', arrayBuffer, [Symbol.toStringTag]: 'Blob' } as unknown as Blob;
}
