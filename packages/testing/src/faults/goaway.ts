import { constants } from 'node:http2';
import type { Connection } from '../server/connection.ts';
import type { Wire } from '../server/wire.ts';

const NO_ERROR = 0;
const FIRST_STREAM_ID = 1;
const LARGEST_STREAM_ID = 2 ** 31 - 1;

/** RFC 9113 section 6.8, as a proxy that is being reloaded does it. On HTTP/1.1: the next answer is the last. */
export function goAwayGracefully(connection: Connection): void {
  const { session } = connection;
  if (session === undefined || session.closed || session.destroyed) {
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
  connection.takesNoStreams = true;
  session.goaway(code);
  setImmediate(() => connection.close());
}

/**
 * GOAWAY that does not cover this request: it was not carried out, and may be sent again elsewhere. Newer streams may have been, so the frame
 * names an older one as the last only where this is the newest; else the stream is refused beside a GOAWAY that covers the others.
 */
export function goAwayBelow(wire: Wire): void {
  const { streamId, connection } = wire;
  const { session } = connection;
  if (session === undefined || session.destroyed) return;
  connection.takesNoStreams = true;
  if (streamId > FIRST_STREAM_ID && streamId === connection.newestStreamId) session.goaway(NO_ERROR, streamId - 2);
  // RST_STREAM with this code promises the same (RFC 9113 section 8.7); of a stream below the first Node cannot say it otherwise.
  else wire.resetStream(constants.NGHTTP2_REFUSED_STREAM);
  setImmediate(() => {
    if (!session.destroyed) session.close();
  });
}
