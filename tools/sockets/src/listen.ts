import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

export interface Listening extends AsyncDisposable {
  readonly port: number;
  /** Open sockets. */
  readonly sockets: ReadonlySet<Socket>;
  /** Sockets accepted so far. */
  readonly accepted: number;
  close(): Promise<void>;
}

export interface ListenOptions {
  /** @default any free one */
  readonly port?: number | undefined;
  /** An address of this machine. @default '127.0.0.1' */
  readonly host?: string | undefined;
}

/** Listens on loopback, and destroys every socket on close, so that no test waits for a connection. */
export async function listen(server: Server, { port = 0, host = '127.0.0.1' }: ListenOptions = {}): Promise<Listening> {
  const sockets = new Set<Socket>();
  let accepted = 0;
  server.on('connection', (socket: Socket) => {
    accepted += 1;
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  server.listen(port, host);
  await once(server, 'listening');
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    port: (server.address() as AddressInfo).port,
    sockets,
    get accepted() {
      return accepted;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** A port on which nobody listens. */
export async function closedPort(): Promise<number> {
  const listening = await listen(createServer());
  await listening.close();
  return listening.port;
}
