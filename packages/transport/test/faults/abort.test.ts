import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { createTransport } from '../../src/index.ts';
import { echo, startHttp1, startHttp2, startRaw } from '../servers/http-servers.ts';

const reason = new Error('enough');

test('before the call', async () => {
  await using server = await startHttp1(echo);
  await using transport = createTransport();
  await expect(transport.fetch(server.url, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  expect(server.accepted).toBe(0);
});

test('while the body of a Request is read', async () => {
  await using transport = createTransport();
  const controller = new AbortController();
  const stuck = new ReadableStream();
  const request = new Request('http://127.0.0.1:9/', { method: 'POST', body: stuck, duplex: 'half' });
  const call = transport.fetch(request, { signal: controller.signal });
  controller.abort(reason);
  await expect(call).rejects.toBe(reason);
});

test.each(['auto', 'prior-knowledge'] as const)(
  'in the queue (http2: %s): the slot and the others are untouched',
  async (http2) => {
    const answers: (() => void)[] = [];
    const handler = (answer: () => void): void => void answers.push(answer);
    await using server =
      http2 === 'auto'
        ? await startHttp1((_, response) => handler(() => response.end('ok')))
        : await startHttp2((stream) =>
            handler(() => {
              stream.respond({ ':status': 200 });
              stream.end('ok');
            }),
          );
    await using transport = createTransport({
      http2,
      maxHttp1Sockets: 1,
      maxHttp2Sessions: 1,
      maxStreamsPerSession: 1,
    });
    const controller = new AbortController();
    const first = transport.fetch(server.url);
    await expect.poll(() => answers.length).toBe(1);
    const second = transport.fetch(server.url, { signal: controller.signal });
    const third = transport.fetch(server.url);
    expect(transport.stats().origins[0]).toMatchObject({ inFlight: 1, queued: 2 });
    controller.abort(reason);
    await expect(second).rejects.toBe(reason);
    expect(transport.stats().origins[0]).toMatchObject({ inFlight: 1, queued: 1 });
    answers[0]?.();
    expect(await (await first).text()).toBe('ok');
    await expect.poll(() => answers.length).toBe(2);
    answers[1]?.();
    expect(await (await third).text()).toBe('ok');
  },
);

test('a signal that wants to know is told whether anything of the call was sent', async () => {
  const answers: (() => void)[] = [];
  await using server = await startHttp1((_, response) => void answers.push(() => response.end('ok')));
  await using transport = createTransport({ maxHttp1Sockets: 1 });
  const calls = [1, 2].map(() => {
    const { controller, signal } = askingSignal();
    return { controller, signal, call: transport.fetch(server.url, { method: 'POST', signal }) };
  });
  await expect.poll(() => answers.length).toBe(1);
  for (const { controller, call } of calls) {
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
  }
  expect(calls.map(({ signal }) => signal.unsent)).toEqual([false, true]);
});

/** As the retrying layer gives it. */
function askingSignal(): { controller: AbortController; signal: AbortSignal & { unsent: boolean } } {
  const controller = new AbortController();
  return { controller, signal: Object.assign(controller.signal, { unsent: false }) };
}

test.each(['auto', 'off'] as const)(
  'while connecting (http2: %s): the attempt ends with the last who waits for it',
  async (http2) => {
    await using server = await startRaw((socket) => void socket.resume());
    await using transport = createTransport({ http2 });
    const controller = new AbortController();
    const call = transport.fetch(`https://127.0.0.1:${server.port}/`, { signal: controller.signal });
    await expect.poll(() => server.sockets.size).toBe(1);
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
    await expect.poll(() => server.sockets.size).toBe(0);
  },
);

test.each(['auto', 'prior-knowledge'] as const)('before the answer (http2: %s)', async (http2) => {
  let [requests, closed] = [0, 0];
  await using server =
    http2 === 'auto'
      ? await startHttp1((request) => {
          requests += 1;
          request.on('close', () => (closed += 1));
        })
      : await startHttp2((stream) => {
          requests += 1;
          stream.on('close', () => (closed += 1));
        });
  await using transport = createTransport({ http2 });
  const controller = new AbortController();
  const call = transport.fetch(server.url, { method: 'POST', body: 'x', signal: controller.signal });
  await expect.poll(() => requests).toBe(1);
  controller.abort(reason);
  await expect(call).rejects.toBe(reason);
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  await expect.poll(() => closed).toBe(1);
  await expect.poll(() => transport.stats().origins[0]?.inFlight).toBe(0);
});

test.each(['auto', 'prior-knowledge'] as const)('in the body (http2: %s)', async (http2) => {
  await using server =
    http2 === 'auto'
      ? await startHttp1((_, response) => void response.write('part'))
      : await startHttp2((stream) => {
          stream.respond({ ':status': 200 });
          stream.write('part');
        });
  await using transport = createTransport({ http2 });
  const controller = new AbortController();
  const response = await transport.fetch(server.url, { signal: controller.signal });
  const text = response.text();
  controller.abort(reason);
  await expect(text).rejects.toBe(reason);
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  await expect.poll(() => transport.stats().origins[0]?.inFlight).toBe(0);
});

test('500 aborted streams leave the session in use', async () => {
  await using server = await startHttp2((stream, headers) => {
    if (headers[':path'] === '/hang') return;
    stream.respond({ ':status': 200 });
    stream.end('ok');
  });
  await using transport = createTransport({ http2: 'prior-knowledge' });
  for (let round = 0; round < 10; round += 1) {
    const controller = new AbortController();
    const calls = Array.from({ length: 50 }, () =>
      transport.fetch(`${server.url}/hang`, { signal: controller.signal }),
    );
    controller.abort(reason);
    const results = await Promise.allSettled(calls);
    expect(results.every((result) => result.status === 'rejected' && result.reason === reason)).toBe(true);
  }
  expect(await (await transport.fetch(server.url)).text()).toBe('ok');
  expect(transport.stats().origins[0]?.inFlight).toBe(0);
});
