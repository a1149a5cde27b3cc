import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** What to do with one connection once the whole request has come: the request is in `request`. */
export type Behaviour = (socket: Socket, request: string) => void;

export interface RawServer extends AsyncDisposable {
  readonly url: string;
  /** Requests that came in whole. */
  readonly received: string[];
  /** Requests that the application behind has carried out. */
  applied: number;
  readonly connections: number;
  /** Handles the next requests in this order; the last one stays. */
  behave: (...behaviours: Behaviour[]) => void;
}

export interface RawServerOptions {
  readonly port?: number;
  /** Called for a new connection; `true` takes it over before any request is read. */
  readonly onConnection?: (socket: Socket, count: number) => boolean;
}

/** A server that speaks just enough HTTP/1.1 to break it in any place. */
export async function startRawServer(options: RawServerOptions = {}): Promise<RawServer> {
  let behaviours: Behaviour[] = [answer(200, '{}')];
  const received: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server: Server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    if (options.onConnection?.(socket, connections) === true) return;
    let buffered = '';
    socket.on('data', (chunk) => {
      buffered += chunk.toString('latin1');
      if (!isWhole(buffered)) return;
      received.push(buffered);
      const request = buffered;
      buffered = '';
      const behaviour = behaviours.length > 1 ? behaviours.shift() : behaviours[0];
      behaviour?.(socket, request);
    });
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/x`,
    received,
    applied: 0,
    get connections() {
      return connections;
    },
    behave: (...next) => {
      behaviours = next;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

export function answer(status: number, body: string, headers: Record<string, string> = {}): Behaviour {
  const lines = Object.entries({ 'Content-Length': String(Buffer.byteLength(body)), ...headers });
  const head = `HTTP/1.1 ${status} X\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
  return (socket) => {
    socket.write(head + body);
  };
}

/** The application does its work first, then the network does its own. */
export function applyThen(server: RawServer, behaviour: Behaviour): Behaviour {
  return (socket, request) => {
    server.applied += 1;
    behaviour(socket, request);
  };
}

function isWhole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = /content-length: (\d+)/i.exec(text)?.[1];
  return text.length >= end + 4 + Number(length ?? 0);
}
