import { expect, test } from 'vitest';
import { createTransport } from '../../src/index.ts';
import { createAuthority } from '../servers/certificates.ts';
import { FRAME, startFrames } from '../servers/http2-frames.ts';
import type { FrameConnection } from '../servers/http2-frames.ts';

const authority = await createAuthority();
const tls = await authority.issue(['localhost', '127.0.0.1']);

const END_STREAM = 0x1;
const END_HEADERS = 0x4;
/** Header blocks over the static table of RFC 7541: indexed, or literals without indexing. */
const OK = Buffer.from([0x88]);
const NO_CONTENT = Buffer.from([0x89]);
const EARLY_HINTS = Buffer.from([0x08, 0x03, ...Buffer.from('103')]);
const CONTENT_LENGTH_4 = Buffer.from([0x0f, 0x0d, 0x01, ...Buffer.from('4')]);
const TRAILER = Buffer.from([0x00, 0x01, ...Buffer.from('a'), 0x01, ...Buffer.from('b')]);

type Answer = (connection: FrameConnection, streamId: number) => void;

const head = (block: Buffer, flags = 0): Answer => {
  return (connection, id) => connection.send(FRAME.headers, END_HEADERS | flags, id, block);
};
const data = (text: string, flags = 0): Answer => {
  return (connection, id) => connection.send(FRAME.data, flags, id, Buffer.from(text));
};
const reset = (code: number): Answer => {
  return (connection, id) => connection.send(FRAME.rstStream, 0, id, Buffer.from([0, 0, 0, code]));
};
const goaway: Answer = (connection, id) => connection.goaway(id, 0);
const fin: Answer = ({ socket }) => void socket.end();

/**
 * The third of three answers that come together. The first one makes the client write; over TLS, Node then handles what comes behind the
 * second one later and in one turn, so that bytes of a body come before the event that tells of their answer.
 */
async function answerOf(secure: boolean, method: string, frames: readonly Answer[]): Promise<unknown> {
  await using server = await startFrames(
    (connection, streamId) => {
      const { requests } = server;
      const write = (...list: readonly (readonly [number, Answer])[]): void => {
        // One TLS record.
        connection.socket.cork();
        for (const [id, send] of list) send(connection, id);
        connection.socket.uncork();
      };
      if (requests < 3) return;
      if (requests > 3) return write([streamId, head(OK, END_STREAM)]);
      write([1, head(OK)], [1, data('first', END_STREAM)]);
      write([3, head(OK)], [3, data('second', END_STREAM)], ...frames.map((send) => [streamId, send] as const));
    },
    secure ? tls : undefined,
  );
  await using transport = createTransport({ http2: 'prior-knowledge', tls: { ca: authority.cert } });
  const first = transport.fetch(server.url);
  await expect.poll(() => server.requests, { interval: 2 }).toBe(1);
  const second = transport.fetch(server.url);
  const third = transport.fetch(server.url, { method });
  const firstText = (await first).text();
  // The end of the connection can come first; this call is there to make the client write.
  const fourth = transport.fetch(server.url).catch(() => {});
  expect(await firstText).toBe('first');
  expect(await (await second).text()).toBe('second');
  await fourth;
  const { status } = await third;
  const text = await (await third).text().catch((error: { code: string }) => error.code);
  return { status, text };
}

for (const secure of [true, false]) {
  const where = secure ? 'over TLS' : 'in cleartext';

  test.each([
    ['a body', 'POST', [head(OK), data('body', END_STREAM)], { status: 200, text: 'body' }],
    ['a body in parts', 'GET', [head(OK), data('bo'), data('dy'), data('', END_STREAM)], { status: 200, text: 'body' }],
    ['a body with trailers', 'GET', [head(OK), data('body'), head(TRAILER, END_STREAM)], { status: 200, text: 'body' }],
    ['trailers and no body', 'GET', [head(OK), head(TRAILER, END_STREAM)], { status: 200, text: '' }],
    ['no body', 'GET', [head(OK, END_STREAM)], { status: 200, text: '' }],
    ['an empty body', 'GET', [head(OK), data('', END_STREAM)], { status: 200, text: '' }],
    ['204', 'DELETE', [head(NO_CONTENT, END_STREAM)], { status: 204, text: '' }],
    [
      'a length and no body to HEAD',
      'HEAD',
      [head(Buffer.concat([OK, CONTENT_LENGTH_4]), END_STREAM)],
      { status: 200, text: '' },
    ],
    [
      '103, and then a body',
      'GET',
      [head(EARLY_HINTS), head(EARLY_HINTS), head(OK), data('body', END_STREAM)],
      { status: 200, text: 'body' },
    ],
    [
      'a body, and a reset that asks for no more',
      'POST',
      [head(OK), data('body', END_STREAM), reset(0)],
      { status: 200, text: 'body' },
    ],
    ['a body, and GOAWAY', 'GET', [head(OK), data('body', END_STREAM), goaway], { status: 200, text: 'body' }],
    [
      'a body, and the end of the connection',
      'GET',
      [head(OK), data('body', END_STREAM), fin],
      { status: 200, text: 'body' },
    ],
    ['a part of a body, and a reset', 'POST', [head(OK), data('bo'), reset(2)], { status: 200, text: 'STREAM_RESET' }],
    ['a part of a body, and CANCEL', 'POST', [head(OK), data('bo'), reset(8)], { status: 200, text: 'STREAM_RESET' }],
    [
      'a part of a body, and a reset without an error',
      'POST',
      [head(OK), data('bo'), reset(0)],
      { status: 200, text: 'RESPONSE_TRUNCATED' },
    ],
    ['a head, and a reset', 'POST', [head(OK), reset(2)], { status: 200, text: 'STREAM_RESET' }],
    ['a head, and the end of the connection', 'GET', [head(OK), fin], { status: 200, text: 'CONNECTION_RESET' }],
  ] as const)(`HTTP/2 ${where}: %s`, async (_, method, frames, expected) => {
    expect(await answerOf(secure, method, frames)).toEqual(expected);
  });
}
