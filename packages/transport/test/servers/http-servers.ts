import { type Listening, listen } from '@conductor-ts/sockets';
import * as http from 'node:http';
import * as http2 from 'node:http2';
import * as https from 'node:https';
import * as net from 'node:net';
import * as tls from 'node:tls';
import type { TlsOptions } from 'node:tls';

export interface HttpServer extends Listening {
  readonly url: string;
}

export interface Http2Server extends HttpServer {
  readonly sessions: ReadonlySet<http2.ServerHttp2Session>;
}

type Listener = http.RequestListener;
export type StreamListener = (stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders) => void;

export async function startHttp1(listener: Listener, options: http.ServerOptions = {}): Promise<HttpServer> {
  const listening = await listen(http.createServer(options, listener));
  return withUrl(listening, `http://127.0.0.1:${listening.port}`);
}

export async function startHttps(tls: TlsOptions, listener: Listener): Promise<HttpServer> {
  const listening = await listen(https.createServer(tls, listener));
  return withUrl(listening, `https://localhost:${listening.port}`);
}

/** HTTP/2, over TLS where there are TLS options, else with prior knowledge. With `allowHTTP1` that is answered by `echo`. */
export async function startHttp2(
  onStream: StreamListener,
  { tls, ...options }: http2.SecureServerOptions & { tls?: TlsOptions } = {},
): Promise<Http2Server> {
  const server = tls === undefined ? http2.createServer(options) : http2.createSecureServer({ ...options, ...tls });
  const sessions = new Set<http2.ServerHttp2Session>();
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
    session.on('error', () => {});
  });
  server.on('request', (request: http2.Http2ServerRequest | http.IncomingMessage, response: unknown) => {
    if (request.httpVersionMajor === 1) echo(request as http.IncomingMessage, response as http.ServerResponse);
  });
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {});
    onStream(stream, headers);
  });
  const listening = await listen(server);
  // By the name where a certificate is for it. The other address behind it is one more thing that a busy machine can be late for.
  const base = tls === undefined ? 'http://127.0.0.1' : 'https://localhost';
  return Object.assign(withUrl(listening, `${base}:${listening.port}`), { sessions });
}

/** TCP, or TLS where there are options for it. */
export async function startRaw(onSocket: (socket: net.Socket) => void, options?: TlsOptions): Promise<HttpServer> {
  const noDelay = true;
  const server =
    options === undefined
      ? net.createServer({ noDelay }, onSocket)
      : tls.createServer({ ...options, noDelay }, onSocket);
  const listening = await listen(server);
  return withUrl(listening, `${options === undefined ? 'http' : 'https'}://127.0.0.1:${listening.port}`);
}

function withUrl(listening: Listening, url: string): HttpServer {
  return Object.defineProperties({ url }, Object.getOwnPropertyDescriptors(listening)) as unknown as HttpServer;
}

/** Answers with what it was asked. */
export function echo(request: http.IncomingMessage, response: http.ServerResponse): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        method: request.method,
        url: request.url,
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
        httpVersion: request.httpVersion,
      }),
    );
  });
}

/** The same over HTTP/2. */
export function echoStream(stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders): void {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => {
    stream.respond({ ':status': 200, 'content-type': 'application/json' });
    stream.end(
      JSON.stringify({
        method: headers[':method'],
        url: headers[':path'],
        headers,
        body: Buffer.concat(chunks).toString(),
        httpVersion: '2.0',
      }),
    );
  });
}

export interface Echo {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly httpVersion: string;
}

export async function echoOf(response: Promise<Response>): Promise<Echo> {
  return (await (await response).json()) as Echo;
}
