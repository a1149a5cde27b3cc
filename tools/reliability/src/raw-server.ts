import { type Listening, listen } from '@conductor-ts/sockets';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';

/** One request as it arrived. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Behaviour = (socket: Socket, request: RawRequest) => void;

export interface RawServer extends Listening {
  readonly url: string;
  /** Requests that came in whole. */
  readonly received: readonly RawRequest[];
  /** Requests that the application behind has carried out. */
  readonly applied: number;
  /** Handles the next requests in this order; the last one stays. */
  behave(...behaviours: Behaviour[]): void;
}

export interface RawServerOptions {
  readonly tls?: TlsOptions | undefined;
  readonly port?: number | undefined;
  /** Sees each connection first; `true` takes it over before any request is read. */
  readonly onConnection?: ((socket: Socket, count: number) => boolean) | undefined;
}

/** A server that speaks just enough HTTP/1.1 to break it in any place. What it does after `applied` it has done. */
export async function startRawServer(
  behaviour: Behaviour,
  { tls, port, onConnection }: RawServerOptions = {},
): Promise<RawServer> {
  let behaviours: Behaviour[] = [behaviour];
  const received: RawRequest[] = [];
  let connections = 0;
  let applied = 0;
  const onSocket = (socket: Socket): void => {
    connections += 1;
    socket.on('error', () => undefined);
    if (onConnection?.(socket, connections) === true) return;
    let buffered = '';
    socket.on('data', (chunk) => {
      buffered += chunk.toString('latin1');
      const request = parse(buffered);
      if (request === undefined) return;
      buffered = '';
      received.push(request);
      const next = behaviours.length > 1 ? behaviours.shift() : behaviours[0];
      if (next !== undefined && APPLIED.has(next)) applied += 1;
      next?.(socket, request);
    });
  };
  const server: Server = tls === undefined ? createServer(onSocket) : createTlsServer(tls, onSocket);
  const listening = await listen(server, { port });
  return Object.defineProperties(
    {
      url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${listening.port}`,
      received,
      get applied() {
        return applied;
      },
      behave: (...next: Behaviour[]) => {
        behaviours = next;
      },
    },
    Object.getOwnPropertyDescriptors(listening),
  ) as unknown as RawServer;
}

const APPLIED = new WeakSet<Behaviour>();

/** The application does its work first, then the network does its own. */
export function applied(behaviour: Behaviour): Behaviour {
  const wrapped: Behaviour = (socket, request) => behaviour(socket, request);
  APPLIED.add(wrapped);
  return wrapped;
}

/** A whole answer, carried out when it is a good one. */
export function answer(status: number, body = '{}', headers: Record<string, string> = {}): Behaviour {
  const all = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  const text = `HTTP/1.1 ${status} X\r\n${lines.join('')}\r\n${body}`;
  const send: Behaviour = (socket) => void socket.write(text);
  return status < 300 ? applied(send) : send;
}

/** These bytes, whatever they are; then FIN where asked for. */
export function bytes(text: string, { end = false }: { end?: boolean } = {}): Behaviour {
  return applied((socket) => void (end ? socket.end(text) : socket.write(text)));
}

function parse(text: string): RawRequest | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [first = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const body = text.slice(end + 4);
  if (body.length < Number(headers['content-length'] ?? 0)) return undefined;
  const [method = '', path = ''] = first.split(' ');
  return { method, path, headers, body: Buffer.from(body, 'latin1').toString() };
}
