import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import { constants, type IncomingHttpHeaders, type ServerHttp2Session, performServerHandshake } from 'node:http2';
import { type AddressInfo, type Server as NetServer, type Socket, createServer as createNetServer } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Server as TlsServer, type TlsOptions, createServer as createTlsServer } from 'node:tls';
import { type ConnectFault, DEFAULT_GARBAGE } from '../faults/fault.ts';
import { Connection } from './connection.ts';
import { Http1Wire } from './http1-wire.ts';
import { Http2Wire } from './http2-wire.ts';
import { startsLikeHttp2 } from './http2-preface.ts';
import { containerPage } from './ui-page.ts';
import type { Wire } from './wire.ts';

export interface ListenerOptions {
  readonly host: string;
  readonly port: number;
  readonly http2: boolean;
  /** Absent: cleartext. */
  readonly tls: TlsOptions | undefined;
  readonly maxConcurrentStreams: number;
  /** Request line and headers together, in bytes. */
  readonly maxHeaderBytes: number;
  /** HTTP/1.1: how long an idle connection is kept; 0: for ever. */
  readonly keepAliveTimeoutMs: number;
  readonly unref: boolean;
  readonly serve: (wire: Wire) => void;
  readonly strikeConnection: () => ConnectFault | undefined;
}

/** Sockets: accepts them, finds out which HTTP they speak, and hands each request on as a `Wire`. */
export class Listener {
  readonly #options: ListenerOptions;
  readonly #http1: HttpServer;
  readonly #tls: TlsServer | undefined;
  readonly #open = new Set<Connection>();
  /** For sockets that come back from Node's HTTP/1.1 server. */
  readonly #bySocket = new WeakMap<Duplex, Connection>();
  /** For sockets that come back from Node's TLS server, by the address of the other side. */
  readonly #inHandshake = new Map<string, Connection>();
  #net: NetServer | undefined;
  #port: number;
  #opened = 0;
  #maxConcurrentStreams: number;
  #isClosed = false;

  constructor(options: ListenerOptions) {
    this.#options = options;
    this.#port = options.port;
    this.#maxConcurrentStreams = options.maxConcurrentStreams;
    this.#http1 = this.#createHttp1();
    this.#tls = options.tls === undefined ? undefined : this.#createTls(options.tls);
  }

  get port(): number {
    return this.#port;
  }

  get opened(): number {
    return this.#opened;
  }

  /** A copy: striking one connection changes the set. */
  get connections(): readonly Connection[] {
    return [...this.#open];
  }

  /** The first time on the given port (0: any free one), later on the same one again. */
  async listen(): Promise<void> {
    // A restart may be under way while the server is closed for good.
    if (this.#isClosed) return;
    const server = createNetServer({ noDelay: true }, (raw) => this.#accept(raw));
    server.listen(this.#port, this.#options.host);
    // Rejects with the error instead when the port is taken.
    await once(server, 'listening');
    if (this.#options.unref) server.unref();
    this.#net = server;
    this.#port = (server.address() as AddressInfo).port;
  }

  /** New connections are refused from here on; open ones go on. */
  stopListening(): void {
    this.#net?.close();
    this.#net = undefined;
  }

  /** HTTP/2: for open connections and those to come. */
  limitStreams(maxConcurrentStreams: number): void {
    this.#maxConcurrentStreams = maxConcurrentStreams;
    // A session can be over while the other side still keeps the connection.
    for (const { session } of this.#open) if (session?.destroyed === false) session.settings({ maxConcurrentStreams });
  }

  /** Frees the port and every socket at once. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.stopListening();
    const connections = this.connections;
    for (const connection of connections) connection.destroy();
    await Promise.all(connections.map(({ closed }) => closed));
  }

  #accept(raw: Socket): void {
    this.#opened += 1;
    const connection = new Connection(this.#opened, raw);
    this.#open.add(connection);
    raw.on('error', ignore);
    void connection.closed.then(() => this.#open.delete(connection));
    if (this.#options.unref) raw.unref();
    const fault = this.#options.strikeConnection();
    if (fault !== undefined) {
      breakConnection(connection, fault);
    } else if (this.#tls !== undefined) {
      const peer = peerOf(raw);
      this.#inHandshake.set(peer, connection);
      void connection.closed.then(() => this.#inHandshake.delete(peer));
      this.#tls.emit('connection', raw);
    } else if (this.#options.http2) {
      startsLikeHttp2(raw, (isHttp2) => {
        if (isHttp2) this.#serveHttp2(connection, raw);
        else this.#serveHttp1(connection, raw);
      });
    } else {
      this.#serveHttp1(connection, raw);
    }
  }

  #createTls(options: TlsOptions): TlsServer {
    const protocols = this.#options.http2 ? ['h2', 'http/1.1'] : ['http/1.1'];
    const server = createTlsServer({ ...options, ALPNProtocols: protocols });
    server.on('secureConnection', (socket) => {
      const connection = this.#inHandshake.get(peerOf(socket));
      this.#inHandshake.delete(peerOf(socket));
      if (connection === undefined) return void socket.destroy();
      socket.on('error', ignore);
      connection.stream = socket;
      if (socket.alpnProtocol === 'h2') this.#serveHttp2(connection, socket);
      else this.#serveHttp1(connection, socket);
    });
    server.on('tlsClientError', (_error, socket) => {
      this.#inHandshake.delete(peerOf(socket));
      socket.destroy();
    });
    return server;
  }

  #createHttp1(): HttpServer {
    // Not by an import: ES modules read every export of node:http, and its WebSocket loads Node's own fetch, which sets
    // global dispatchers.
    const server = process.getBuiltinModule('node:http').createServer({
      maxHeaderSize: this.#options.maxHeaderBytes,
      // Idle connections are the business of whoever serves: Node's own limit would also add a header.
      keepAliveTimeout: 0,
      requestTimeout: 0,
      headersTimeout: 0,
    });
    server.on('request', (request, response) => {
      const connection = this.#bySocket.get(request.socket);
      if (connection === undefined) response.destroy();
      else this.#options.serve(new Http1Wire(connection, request, response, this.#options.keepAliveTimeoutMs));
    });
    server.on('clientError', (_error, socket) => refuseRequest(socket));
    return server;
  }

  #serveHttp1(connection: Connection, socket: Socket): void {
    this.#bySocket.set(socket, connection);
    this.#http1.emit('connection', socket);
  }

  #serveHttp2(connection: Connection, socket: Socket): void {
    const maxConcurrentStreams = this.#maxConcurrentStreams;
    const session: ServerHttp2Session = performServerHandshake(socket, {
      settings: { maxConcurrentStreams },
      maxSessionMemory: MAX_SESSION_MEGABYTES,
    });
    connection.session = session;
    session.on('error', ignore);
    session.on('stream', (stream, headers) => {
      if (connection.takesNoStreams) {
        stream.on('error', ignore).close(constants.NGHTTP2_REFUSED_STREAM);
        return;
      }
      const limitBytes = this.#options.maxHeaderBytes;
      if (headBytes(headers) > limitBytes) {
        stream.on('error', ignore);
        // As the servlet container does it: far beyond the limit the whole session is over.
        if (headBytes(headers) <= 2 * limitBytes) stream.close(constants.NGHTTP2_ENHANCE_YOUR_CALM);
        else endSession(session, connection.newestStreamId);
        return;
      }
      connection.newestStreamId = stream.id ?? 0;
      this.#options.serve(new Http2Wire(connection, stream, headers));
    });
  }
}

function headBytes(headers: IncomingHttpHeaders): number {
  let bytes = 0;
  for (const name in headers) bytes += name.length + String(headers[name]).length;
  return bytes;
}

function endSession(session: ServerHttp2Session, lastStreamId: number): void {
  session.goaway(constants.NGHTTP2_ENHANCE_YOUR_CALM, lastStreamId);
  setImmediate(() => session.destroy());
}

function breakConnection(connection: Connection, fault: ConnectFault): void {
  if (fault === 'reset') connection.reset();
  else if (fault === 'close') connection.close();
  else if (fault === 'garbage') connection.raw.end(DEFAULT_GARBAGE);
  else connection.silence();
}

/** A request that is no HTTP, or whose head is too large: the servlet container's page, and the end of the connection. */
function refuseRequest(socket: Duplex): void {
  if (!socket.writable) return void socket.destroy();
  const page = containerPage(400, 'Bad Request');
  const head = ['HTTP/1.1 400 ', 'content-type: text/html;charset=utf-8', `content-length: ${Buffer.byteLength(page)}`];
  socket.end(`${head.join('\r\n')}\r\nconnection: close\r\n\r\n${page}`);
}

const peerOf = (socket: Socket): string => `${socket.remoteAddress} ${socket.remotePort}`;
const ignore = (): void => {};

/** At 10, Node's own limit, a session on which large answers wait refuses further streams, as no servlet container does. */
const MAX_SESSION_MEGABYTES = 1_000;
