import type { Socket } from 'node:net';

/** RFC 9113 section 3.4: a client that knows that the server speaks HTTP/2 starts with these bytes. */
const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

/** Looks at the first bytes of a cleartext connection, and leaves them where they are. */
export function startsLikeHttp2(socket: Socket, decide: (isHttp2: boolean) => void): void {
  let seen = Buffer.alloc(0);
  const look = (): void => {
    const chunk = socket.read() as Buffer | null;
    if (chunk === null) return;
    seen = Buffer.concat([seen, chunk]);
    const length = Math.min(seen.length, PREFACE.length);
    const isHttp2 = seen.subarray(0, length).equals(PREFACE.subarray(0, length));
    // Still undecided: so far it is a beginning of the preface.
    if (isHttp2 && seen.length < PREFACE.length) return;
    socket.off('readable', look);
    socket.unshift(seen);
    decide(isHttp2);
  };
  socket.on('readable', look);
}
