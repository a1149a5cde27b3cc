import { expect, test } from 'vitest';
import { createTransport } from '../../src/index.ts';
import { startHttp1, startHttp2 } from '../servers/http-servers.ts';

for (const http2 of ['auto', 'prior-knowledge'] as const) {
  test(`no answer in time (http2: ${http2})`, async () => {
    let requests = 0;
    await using server =
      http2 === 'auto' ? await startHttp1(() => (requests += 1)) : await startHttp2(() => (requests += 1));
    await using transport = createTransport({ http2, headersTimeoutMs: 50 });
    await expect(transport.fetch(server.url)).rejects.toMatchObject({
      code: 'HEADERS_TIMEOUT',
      requestSent: 'unknown',
      timeoutMs: 50,
    });
    await expect.poll(() => transport.stats().origins[0]?.inFlight).toBe(0);
    expect(requests).toBe(1);
  });

  test(`a body that stands still (http2: ${http2})`, async () => {
    await using server =
      http2 === 'auto'
        ? await startHttp1((_, response) => void response.write('x'))
        : await startHttp2((stream) => {
            stream.respond({ ':status': 200 });
            stream.write('x');
          });
    await using transport = createTransport({ http2, bodyIdleTimeoutMs: 50 });
    const response = await transport.fetch(server.url);
    await expect(response.text()).rejects.toMatchObject({ code: 'BODY_TIMEOUT', requestSent: true });
    await expect.poll(() => transport.stats().origins[0]?.inFlight).toBe(0);
  });

  test(`a large body that nobody reads holds its connection for a bounded time only (http2: ${http2})`, async () => {
    const large = Buffer.alloc(2e6);
    await using server =
      http2 === 'auto'
        ? await startHttp1((_, response) => void response.end(large))
        : await startHttp2((stream) => {
            stream.respond({ ':status': 200 });
            stream.end(large);
          });
    await using transport = createTransport({
      http2,
      // Time enough for the body that is read, also on a busy machine.
      bodyIdleTimeoutMs: 400,
      maxHttp1Sockets: 1,
      maxHttp2Sessions: 1,
      maxStreamsPerSession: 1,
    });
    for (let round = 0; round < 3; round += 1) expect((await transport.fetch(server.url)).status).toBe(200);
    const last = await transport.fetch(server.url);
    expect((await last.bytes()).length).toBe(2e6);
  });

  test(`small bodies that nobody reads hold nothing (http2: ${http2})`, async () => {
    await using server =
      http2 === 'auto'
        ? await startHttp1((_, response) => void response.writeHead(429).end('slow down'.repeat(10_000)))
        : await startHttp2((stream) => {
            stream.respond({ ':status': 429 });
            stream.end('slow down'.repeat(10_000));
          });
    await using transport = createTransport({
      http2,
      maxHttp1Sockets: 2,
      maxHttp2Sessions: 1,
      maxStreamsPerSession: 2,
    });
    const answers = await Promise.all(Array.from({ length: 50 }, () => transport.fetch(server.url)));
    expect(answers.every(({ status }) => status === 429)).toBe(true);
    expect(server.accepted).toBeLessThanOrEqual(2);
  });
}
