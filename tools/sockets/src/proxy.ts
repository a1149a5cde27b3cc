import * as http from 'node:http';
import * as https from 'node:https';
import * as net from 'node:net';
import type { TlsOptions } from 'node:tls';
import { type Listening, listen } from './listen.ts';

export interface Proxy extends Listening {
  readonly url: string;
  /** `CONNECT host:port` or `GET http://...`, in order. */
  readonly asked: readonly string[];
  /** The `proxy-authorization` of each. */
  readonly authorizations: readonly (string | undefined)[];
}

export interface ProxyOptions {
  /** Speaks TLS itself. */
  readonly tls?: TlsOptions | undefined;
  /** Answers with this status in place of its work. */
  readonly refuseWith?: number | undefined;
  /** Is ill for the first requests only. @default for all */
  readonly times?: number | undefined;
  /** Closes the socket in place of an answer. */
  readonly drop?: boolean | undefined;
  /** Never answers. */
  readonly hang?: boolean | undefined;
  /** Waits this long before it opens a tunnel, in milliseconds. */
  readonly slowMs?: number | undefined;
}

/** A proxy with the usual illnesses. */
export async function startProxy(options: ProxyOptions = {}): Promise<Proxy> {
  const { tls, refuseWith, times = Infinity, drop = false, hang = false, slowMs = 0 } = options;
  const asked: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const note = (request: http.IncomingMessage): void => {
    asked.push(`${request.method} ${request.url}`);
    authorizations.push(request.headers['proxy-authorization']);
  };
  const isIll = (): boolean => asked.length <= times;
  const forward: http.RequestListener = (request, response) => {
    note(request);
    if (refuseWith !== undefined && isIll()) response.writeHead(refuseWith).end('no');
    else passOn(request, response);
  };
  const server = tls === undefined ? http.createServer(forward) : https.createServer(tls, forward);
  server.on('connect', (request: http.IncomingMessage, near: net.Socket) => {
    note(request);
    near.on('error', () => undefined);
    if (hang && isIll()) return;
    if (drop && isIll()) near.destroy();
    else if (refuseWith !== undefined && isIll())
      near.end(`HTTP/1.1 ${refuseWith} No\r\nproxy-authenticate: Basic\r\ncontent-length: 0\r\n\r\n`);
    else setTimeout(() => tunnel(near, request.url ?? ''), slowMs);
  });
  const listening = await listen(server);
  const url = `${tls === undefined ? 'http://127.0.0.1' : 'https://localhost'}:${listening.port}`;
  return Object.defineProperties(
    { url, asked, authorizations },
    Object.getOwnPropertyDescriptors(listening),
  ) as unknown as Proxy;
}

function passOn(request: http.IncomingMessage, response: http.ServerResponse): void {
  const onward = http.request(request.url ?? '', { method: request.method, headers: request.headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.writeHead(502).end());
  request.pipe(onward);
}

function tunnel(near: net.Socket, authority: string): void {
  const [, host = '', port = ''] = /^\[?(.+?)\]?:(\d+)$/.exec(authority) ?? [];
  const far = net.connect(Number(port), host === 'localhost' ? '127.0.0.1' : host, () => {
    near.write('HTTP/1.1 200 Connection established\r\n\r\n');
    far.pipe(near).pipe(far);
  });
  far.on('error', () => near.destroy());
  near.on('close', () => far.destroy());
}
