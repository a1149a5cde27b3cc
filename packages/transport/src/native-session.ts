import type { ClientHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';

/**
 * Keeps what Node has of a session outside of JavaScript until its streams are gone. Node lets go of a session when it ends, and of its
 * streams a little later; where garbage is collected between the two, and a stream holds headers that were not handed out, Node aborts
 * the process (`~Http2Session`, `current_nghttp2_memory_ == 0`; seen with 22.19 and 24.21). No public name leads there: where nothing
 * is found nothing is kept.
 */
export function keepNativeSession(session: ClientHttp2Session, socket: Socket): void {
  const native = Object.getOwnPropertySymbols(session)
    .map((symbol): unknown => Reflect.get(session, symbol))
    .find((value) => (value as object | null)?.constructor?.name === 'Http2Session');
  // A turn later: streams that end in the turn in which the socket closes go in the next one.
  socket.once('close', () => setImmediate(() => void native));
}
