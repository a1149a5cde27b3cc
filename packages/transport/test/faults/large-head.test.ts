import { expect, test } from 'vitest';
import { createTransport } from '../../src/index.ts';
import { startFrames } from '../servers/http2-frames.ts';
import { startHttp2 } from '../servers/http-servers.ts';

const ENHANCE_YOUR_CALM = 0xb;
const ofBytes = (length: number): { headers: Record<string, string> } => ({
  headers: { 'x-long': 'y'.repeat(length) },
});

test('a session that ends for a long head is not ended four times, and the error says what to shorten', async () => {
  await using server = await startFrames((connection) => connection.goaway(0, ENHANCE_YOUR_CALM));
  await using transport = createTransport({ http2: 'prior-knowledge' });
  await expect(transport.fetch(server.url, ofBytes(12_000))).rejects.toMatchObject({
    code: 'HEAD_TOO_LARGE',
    requestSent: false,
    permanent: true,
    hint: expect.stringContaining('Ask for less at once') as string,
    detail: expect.stringMatching(/^URL and headers take 12\d{3} bytes$/) as string,
  });
  expect(server.requests).toBe(1);
});

test('so is a stream that is reset for a long URL, but nobody knows whether the request was looked at', async () => {
  await using server = await startHttp2((stream) => stream.close(ENHANCE_YOUR_CALM));
  await using transport = createTransport({ http2: 'prior-knowledge' });
  await expect(transport.fetch(`${server.url}/?q=${'y'.repeat(9_000)}`)).rejects.toMatchObject({
    code: 'HEAD_TOO_LARGE',
    requestSent: 'unknown',
  });
});

test('a head that cannot be sent at all ends no session', async () => {
  await using server = await startHttp2((stream) => {
    stream.respond({ ':status': 200 });
    stream.end('ok');
  });
  await using transport = createTransport({ http2: 'prior-knowledge' });
  expect(await (await transport.fetch(server.url)).text()).toBe('ok');
  await expect(transport.fetch(server.url, ofBytes(90_000))).rejects.toMatchObject({
    code: 'HEAD_TOO_LARGE',
    requestSent: false,
  });
  expect(await (await transport.fetch(server.url)).text()).toBe('ok');
  expect(server.accepted).toBe(1);
});

test('with a short head the same is what it was', async () => {
  await using calm = await startHttp2((stream) => stream.close(ENHANCE_YOUR_CALM));
  await using ending = await startFrames((connection) => connection.goaway(0, ENHANCE_YOUR_CALM));
  await using transport = createTransport({ http2: 'prior-knowledge' });
  await expect(transport.fetch(calm.url, ofBytes(5_000))).rejects.toMatchObject({ code: 'STREAM_RESET' });
  await expect(transport.fetch(ending.url, ofBytes(5_000))).rejects.toMatchObject({ code: 'STREAM_REFUSED' });
});

test('a long head that is refused for another reason is sent again', async () => {
  let streams = 0;
  await using server = await startHttp2((stream) => {
    streams += 1;
    if (streams === 1) return stream.close(7);
    stream.respond({ ':status': 200 });
    return stream.end('ok');
  });
  await using transport = createTransport({ http2: 'prior-knowledge' });
  expect(await (await transport.fetch(server.url, ofBytes(12_000))).text()).toBe('ok');
});
