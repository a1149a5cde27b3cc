import type { Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { startRaw } from './http-servers.ts';
import type { HttpServer } from './http-servers.ts';

/** Frame types of RFC 9113 section 6. */
export const FRAME = { data: 0, headers: 1, rstStream: 3, settings: 4, ping: 6, goaway: 7 } as const;
const ACK = 1;
const PREFACE_LENGTH = 24;

export interface FrameConnection {
  send(type: number, flags: number, streamId: number, payload?: Buffer): void;
  goaway(lastStreamId: number, code: number): void;
  readonly socket: Socket;
}

export interface FrameServer extends HttpServer {
  /** HEADERS frames received. */
  readonly requests: number;
}

/** An HTTP/2 server made of frames, for what node's own server never does. Answers SETTINGS and PING; each request goes to `onRequest`. */
export async function startFrames(
  onRequest: (connection: FrameConnection, streamId: number) => void,
  tls?: TlsOptions,
): Promise<FrameServer> {
  let requests = 0;
  const server = await startRaw(
    (socket) => {
      let buffered: Buffer = Buffer.alloc(0);
      let prefaceLeft = PREFACE_LENGTH;
      const connection: FrameConnection = {
        socket,
        send(type, flags, streamId, payload = Buffer.alloc(0)) {
          const head = Buffer.alloc(9);
          head.writeUIntBE(payload.length, 0, 3);
          head.writeUInt8(type, 3);
          head.writeUInt8(flags, 4);
          head.writeUInt32BE(streamId, 5);
          socket.write(Buffer.concat([head, payload]));
        },
        goaway(lastStreamId, code) {
          const payload = Buffer.alloc(8);
          payload.writeUInt32BE(lastStreamId, 0);
          payload.writeUInt32BE(code, 4);
          connection.send(FRAME.goaway, 0, 0, payload);
        },
      };
      connection.send(FRAME.settings, 0, 0);
      socket.on('data', (chunk) => {
        buffered = Buffer.concat([buffered, chunk]);
        if (prefaceLeft > 0) {
          const cut = Math.min(prefaceLeft, buffered.length);
          prefaceLeft -= cut;
          buffered = buffered.subarray(cut);
        }
        while (buffered.length >= 9 && buffered.length >= 9 + buffered.readUIntBE(0, 3)) {
          const length = buffered.readUIntBE(0, 3);
          const [type, flags, streamId] = [buffered.readUInt8(3), buffered.readUInt8(4), buffered.readUInt32BE(5)];
          const payload = buffered.subarray(9, 9 + length);
          buffered = buffered.subarray(9 + length);
          if (type === FRAME.settings && (flags & ACK) === 0) connection.send(FRAME.settings, ACK, 0);
          if (type === FRAME.ping && (flags & ACK) === 0) connection.send(FRAME.ping, ACK, 0, payload);
          if (type === FRAME.headers) {
            requests += 1;
            onRequest(connection, streamId);
          }
        }
      });
    },
    tls === undefined ? undefined : { ...tls, ALPNProtocols: ['h2'] },
  );
  return Object.defineProperties(
    {},
    {
      ...Object.getOwnPropertyDescriptors(server),
      requests: { get: () => requests },
    },
  ) as FrameServer;
}
