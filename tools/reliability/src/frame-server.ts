import { type Listening, listen } from '@conductor-ts/sockets';
import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';

/** Frame types of RFC 9113 section 6. */
export const FRAME = { data: 0, headers: 1, rstStream: 3, settings: 4, ping: 6, goaway: 7 } as const;
/** Error codes of RFC 9113 section 7. */
export const H2 = { noError: 0, internal: 2, refused: 7, cancel: 8, calm: 11 } as const;
const ACK = 1;
const END_STREAM = 1;
const END_HEADERS = 4;
const PREFACE_LENGTH = 24;
const MAX_CONCURRENT_STREAMS = 3;

export interface FrameConnection {
  /** From 1, in the order of acceptance. */
  readonly id: number;
  readonly socket: Socket;
  send(type: number, flags: number, streamId: number, payload?: Buffer): void;
  goaway(lastStreamId: number, code: number): void;
  reset(streamId: number, code: number): void;
  maxStreams(count: number): void;
  /** 200 with this text; carried out. */
  answer(streamId: number, text?: string): void;
}

export interface FrameServer extends Listening {
  readonly url: string;
  /** Requests received whole. */
  readonly requests: number;
  /** Requests carried out. */
  readonly applied: number;
}

export interface FrameServerOptions {
  readonly tls?: TlsOptions | undefined;
  /** In the first SETTINGS. */
  readonly maxStreams?: number | undefined;
}

/** HTTP/2 made of frames, for what node's own server never does. Answers SETTINGS and PING; each whole request goes to `onRequest`. */
export async function startFrameServer(
  onRequest: (connection: FrameConnection, streamId: number) => void,
  { tls, maxStreams }: FrameServerOptions = {},
): Promise<FrameServer> {
  const count = { requests: 0, applied: 0, connections: 0 };
  const onSocket = (socket: Socket): void => {
    count.connections += 1;
    const connection = openConnection(socket, count.connections, () => (count.applied += 1));
    socket.on('error', () => undefined);
    if (maxStreams === undefined) connection.send(FRAME.settings, 0, 0);
    else connection.maxStreams(maxStreams);
    readFrames(socket, (type, flags, streamId, payload) => {
      if (type === FRAME.settings && (flags & ACK) === 0) connection.send(FRAME.settings, ACK, 0);
      if (type === FRAME.ping && (flags & ACK) === 0) connection.send(FRAME.ping, ACK, 0, payload);
      if ((type === FRAME.headers || type === FRAME.data) && (flags & END_STREAM) !== 0) {
        count.requests += 1;
        onRequest(connection, streamId);
      }
    });
  };
  const server =
    tls === undefined ? createServer(onSocket) : createTlsServer({ ...tls, ALPNProtocols: ['h2'] }, onSocket);
  const listening = await listen(server);
  return Object.defineProperties(
    {
      url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${listening.port}`,
      get requests() {
        return count.requests;
      },
      get applied() {
        return count.applied;
      },
    },
    Object.getOwnPropertyDescriptors(listening),
  ) as unknown as FrameServer;
}

function openConnection(socket: Socket, id: number, onApplied: () => void): FrameConnection {
  const send: FrameConnection['send'] = (type, flags, streamId, payload = Buffer.alloc(0)) => {
    const head = Buffer.alloc(9);
    head.writeUIntBE(payload.length, 0, 3);
    head.writeUInt8(type, 3);
    head.writeUInt8(flags, 4);
    head.writeUInt32BE(streamId, 5);
    if (!socket.destroyed) socket.write(Buffer.concat([head, payload]));
  };
  return {
    id,
    socket,
    send,
    goaway: (lastStreamId, code) => send(FRAME.goaway, 0, 0, uint32(lastStreamId, code)),
    reset: (streamId, code) => send(FRAME.rstStream, 0, streamId, uint32(code)),
    maxStreams(count) {
      const payload = Buffer.alloc(6);
      payload.writeUInt16BE(MAX_CONCURRENT_STREAMS, 0);
      payload.writeUInt32BE(count, 2);
      send(FRAME.settings, 0, 0, payload);
    },
    answer(streamId, text = '00000000-0000-4000-8000-000000000000') {
      onApplied();
      // `:status: 200` is entry 8 of the static table (RFC 7541 appendix A), `content-type` is 31.
      const type = Buffer.from('text/plain');
      const head = Buffer.concat([Buffer.from([0x88, 0x0f, 0x10, type.length]), type]);
      send(FRAME.headers, END_HEADERS, streamId, head);
      send(FRAME.data, END_STREAM, streamId, Buffer.from(text));
    },
  };
}

function uint32(...values: number[]): Buffer {
  const payload = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => payload.writeUInt32BE(value, 4 * index));
  return payload;
}

function readFrames(
  socket: Socket,
  onFrame: (type: number, flags: number, streamId: number, payload: Buffer) => void,
): void {
  let buffered: Buffer = Buffer.alloc(0);
  let prefaceLeft = PREFACE_LENGTH;
  socket.on('data', (chunk: Buffer) => {
    buffered = Buffer.concat([buffered, chunk]);
    const cut = Math.min(prefaceLeft, buffered.length);
    prefaceLeft -= cut;
    buffered = buffered.subarray(cut);
    while (buffered.length >= 9 && buffered.length >= 9 + buffered.readUIntBE(0, 3)) {
      const length = buffered.readUIntBE(0, 3);
      const [type, flags, streamId] = [buffered.readUInt8(3), buffered.readUInt8(4), buffered.readUInt32BE(5)];
      const payload = buffered.subarray(9, 9 + length);
      buffered = buffered.subarray(9 + length);
      onFrame(type, flags, streamId, payload);
    }
  });
}
