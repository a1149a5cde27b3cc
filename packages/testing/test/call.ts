import { type Agent, type IncomingHttpHeaders, request as requestHttp } from 'node:http';
import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2';
import { request as requestHttps } from 'node:https';
import { connect as connectTcp } from 'node:net';
import type { ConductorTestServer } from '../src/index.ts';

export interface Reply {
  readonly status: number;
  readonly reason: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface CallOptions {
  readonly headers?: Record<string, string>;
  readonly agent?: Agent;
  readonly signal?: AbortSignal;
  readonly tls?: { ca?: string; cert?: string; key?: string };
}

/** One HTTP/1.1 exchange, on a connection of its own unless an agent is given. A body that is not text goes as JSON. */
export function call(
  server: ConductorTestServer,
  method: string,
  path: string,
  body?: unknown,
  options: CallOptions = {},
): Promise<Reply> {
  const { promise, resolve, reject } = settle<Reply>();
  const { headers = {}, agent, signal, tls } = options;
  const url = new URL(server.url);
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const isJson = body !== undefined && typeof body !== 'string';
  const request = (url.protocol === 'https:' ? requestHttps : requestHttp)({
    hostname: url.hostname,
    port: url.port,
    path,
    method,
    headers: {
      ...(isJson && { 'content-type': 'application/json' }),
      // Node's client adds it for some methods only.
      ...(text !== undefined && { 'content-length': String(Buffer.byteLength(text)) }),
      ...headers,
    },
    ...(agent ? { agent } : { agent: false }),
    ...(signal && { signal }),
    ...tls,
  });
  request.once('error', reject);
  request.once('response', (response) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.once('error', reject);
    response.once('end', () => {
      const { statusCode: status = 0, statusMessage: reason = '' } = response;
      resolve({ status, reason, headers: response.headers, text: Buffer.concat(chunks).toString() });
    });
  });
  request.end(text);
  return promise;
}

/** The code of the error that ends a call; undefined when it succeeds. */
export async function codeOf(failing: Promise<unknown>): Promise<string | undefined> {
  try {
    await failing;
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? (error as Error).message;
  }
}

export interface Http2Client {
  readonly session: ClientHttp2Session;
  call(method: string, path: string, body?: unknown): Promise<Reply>;
  [Symbol.dispose](): void;
}

export function openHttp2(server: ConductorTestServer): Http2Client {
  const session = connectHttp2(server.url, server.url.startsWith('https') ? { ca: server.ca } : {});
  session.on('error', () => {});
  return {
    session,
    call(method, path, body) {
      const { promise, resolve, reject } = settle<Reply>();
      const stream = session.request({
        ':method': method,
        ':path': path,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      });
      const chunks: Buffer[] = [];
      let headers: IncomingHttpHeaders = {};
      let failure: unknown;
      stream.on('response', (received) => (headers = received));
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('error', (error) => (failure = error));
      stream.once('close', () => {
        const status = Number((headers as Record<string, unknown>)[':status'] ?? 0);
        if (stream.rstCode !== 0 || status === 0) reject(new Error(`RST ${stream.rstCode}`));
        else if (failure !== undefined) reject(failure);
        else resolve({ status, reason: '', headers, text: Buffer.concat(chunks).toString() });
      });
      stream.end(body === undefined ? undefined : JSON.stringify(body));
      return promise;
    },
    [Symbol.dispose]: () => session.destroy(),
  };
}

/** Sends bytes and gives all that comes back until the other side closes. */
export function exchangeBytes(port: number, bytes: string, options: { thenEnd?: boolean } = {}): Promise<string> {
  const { promise, resolve, reject } = settle<string>();
  const socket = connectTcp(port, '127.0.0.1', () => {
    socket.write(bytes);
    if (options.thenEnd === true) socket.end();
  });
  let received = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => (received += chunk));
  socket.once('error', reject);
  socket.once('close', () => resolve(received));
  return promise;
}

function settle<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (reason: unknown) => void } {
  let resolve: (value: T) => void = () => {};
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<T>((give, refuse) => {
    resolve = give;
    reject = refuse;
  });
  return { promise, resolve, reject };
}

/** Until something is so. The guard is loose: it only keeps a broken test from hanging. */
export async function until(isSo: () => boolean, what: string): Promise<void> {
  for (let left = 1_000; !isSo(); left -= 1) {
    if (left === 0) throw new Error(`Never happened: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
