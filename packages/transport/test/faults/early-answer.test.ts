import { expect, test } from 'vitest';
import { createTransport } from '../../src/index.ts';
import { FRAME, startFrames } from '../servers/http2-frames.ts';

const STATUS_200 = Buffer.from([0x88]);
/** `content-length: 0`, from the static table. */
const EMPTY = Buffer.from([0x0f, 0x0d, 0x01, 0x30]);
const END_STREAM = 1;
const END_HEADERS = 4;
const NO_ERROR = Buffer.alloc(4);

/** Its second part never comes: the server has answered by then. */
async function* stuckUpload(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('first');
  await new Promise(() => undefined);
}

// RFC 9113 section 8.1: a server may answer before the whole request is there, and asks for its end by a reset that is no error.
test.each([
  ['the end of the answer', STATUS_200, END_STREAM],
  ['the last byte that was announced', Buffer.concat([STATUS_200, EMPTY]), 0],
])(
  'after %s and a reset without error, an upload that goes on keeps no place on the connection',
  async (_, head, end) => {
    for (const body of [stuckUpload(), Buffer.alloc(1_000_000)]) {
      await using server = await startFrames((connection, streamId) => {
        connection.send(FRAME.headers, END_HEADERS + end, streamId, head);
        connection.send(FRAME.rstStream, 0, streamId, NO_ERROR);
      });
      await using transport = createTransport({ http2: 'prior-knowledge', keepAliveTimeoutMs: 50 });
      const response = await transport.fetch(server.url, { method: 'POST', body });
      expect(await response.text()).toBe('');
      await expect.poll(() => transport.stats().origins[0]).toMatchObject({ inFlight: 0, sessions: 0 });
    }
  },
);

test.each([
  ['without an answer', false, 'STREAM_RESET'],
  ['in the middle of the answer', true, 'RESPONSE_TRUNCATED'],
])('a reset without error %s ends the call, also while its upload goes on', async (_, isAnswered, code) => {
  for (const body of [stuckUpload(), Buffer.alloc(1_000_000)]) {
    await using server = await startFrames((connection, streamId) => {
      if (isAnswered) {
        connection.send(FRAME.headers, END_HEADERS, streamId, STATUS_200);
        connection.send(FRAME.data, 0, streamId, Buffer.from('half'));
      }
      connection.send(FRAME.rstStream, 0, streamId, NO_ERROR);
    });
    await using transport = createTransport({ http2: 'prior-knowledge', keepAliveTimeoutMs: 50 });
    const call = transport.fetch(server.url, { method: 'POST', body });
    await expect(call.then((response) => response.text())).rejects.toMatchObject({ code });
    await expect.poll(() => transport.stats().origins[0]).toMatchObject({ inFlight: 0, sessions: 0 });
  }
});
