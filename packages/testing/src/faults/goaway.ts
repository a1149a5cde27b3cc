import type { Connection } from '../server/connection.ts';

const NO_ERROR = 0;
const LARGEST_STREAM_ID = 2 ** 31 - 1;

/** RFC 9113 section 6.8, as a proxy that is being reloaded does it. On HTTP/1.1: the next answer is the last. */
export function goAwayGracefully(connection: Connection): void {
  const { session } = connection;
  if (session === undefined || session.closed) {
    connection.closesAfterAnswer = true;
    if (session === undefined && connection.isIdle) connection.close();
    return;
  }
  session.goaway(NO_ERROR, LARGEST_STREAM_ID);
  // The second step names the last stream really taken. Until it is sent, Node's server ignores new streams silently.
  setImmediate(() => {
    if (!session.destroyed) session.close();
  });
}

/** GOAWAY with an error code and the end of the connection right behind it. */
export function goAwayAbruptly(connection: Connection, code: number): void {
  const { session } = connection;
  if (session === undefined || session.destroyed) return connection.reset();
  session.goaway(code);
  setImmediate(() => connection.close());
}

/**
 * GOAWAY whose last stream id lies below this stream: the client may send it again, on another connection.
 * Written as a raw frame, since Node's own API never names a stream below the last one it has seen.
 */
export function goAwayBelow(connection: Connection, streamId: number): void {
  connection.closesAfterAnswer = true;
  connection.stream.write(goawayFrame(Math.max(streamId - 2, 0), NO_ERROR));
}

function goawayFrame(lastStreamId: number, code: number): Buffer {
  const frame = Buffer.alloc(17);
  frame.writeUIntBE(8, 0, 3);
  frame.writeUInt8(0x7, 3);
  frame.writeUInt32BE(lastStreamId, 9);
  frame.writeUInt32BE(code, 13);
  return frame;
}
