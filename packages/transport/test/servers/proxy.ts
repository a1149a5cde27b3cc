import * as http from 'node:http';
import * as https from 'node:https';
import * as net from 'node:net';
import type { TlsOptions } from 'node:tls';
import { listenOnLoopback } from './listen.ts';
import type { Listening } from './listen.ts';

export interface Proxy extends Listening {
  readonly url: string;
  /** `CONNECT host:port` or `GET http://...`, in order. */
  readonly asked: readonly string[];
  readonly authorizations: readonly (string | undefined)[];
}

export interface ProxyOptions {
  readonly tls?: TlsOptions;
  /** Answers CONNECT with this status. */
  readonly refuseWith?: number;
  /** Closes the socket in place of an answer. */
  readonly drop?: boolean;
  /** Never answers. */
  readonly hang?: boolean;
}

export async function startProxy({ tls, refuseWith, drop, hang }: ProxyOptions = {}): Promise<Proxy> {
  const asked: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const note = (request: http.IncomingMessage): void => {
    asked.push(`${request.method} ${request.url}`);
    authorizations.push(request.headers['proxy-authorization']);
  };
  const forward: http.RequestListener = (request, response) => {
    note(request);
    if (refuseWith !== undefined) {
      response.writeHead(refuseWith).end('no');
      return;
    }
    const onward = http.request(request.url ?? '', { method: request.method, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end());
    request.pipe(onward);
  };
  const server = tls === undefined ? http.createServer(forward) : https.createServer(tls, forward);
  server.on('connect', (request: http.IncomingMessage, near: net.Socket) => {
    note(request);
    near.on('error', () => {});
    if (drop === true) return near.destroy();
    if (hang === true) return undefined;
    if (refuseWith !== undefined) return near.end(`HTTP/1.1 ${refuseWith} No\r\ncontent-length: 0\r\n\r\n`);
    const [, host = '', port = ''] = /^\[?(.+?)\]?:(\d+)$/.exec(request.url ?? '') ?? [];
    const far = net.connect(Number(port), host === 'localhost' ? '127.0.0.1' : host, () => {
      near.write('HTTP/1.1 200 Connection established\r\n\r\n');
      far.pipe(near).pipe(far);
    });
    far.on('error', () => near.destroy());
    near.on('close', () => far.destroy());
    return undefined;
  });
  const listening = await listenOnLoopback(server);
  const url = `${tls === undefined ? 'http://127.0.0.1' : 'https://localhost'}:${listening.port}`;
  return Object.defineProperties(
    { url, asked, authorizations },
    Object.getOwnPropertyDescriptors(listening),
  ) as unknown as Proxy;
}
