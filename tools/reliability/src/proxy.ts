import * as http from 'node:http';
import * as net from 'node:net';
import { type Listening, listen } from './listen.ts';

export interface Proxy extends Listening {
  readonly url: string;
  /** `CONNECT host:port` or `GET http://...`, in order. */
  readonly asked: readonly string[];
}

export interface ProxyOptions {
  /** Answers with this status in place of its work. */
  readonly refuseWith?: number | undefined;
  /** Refuses or drops only the first requests. */
  readonly times?: number | undefined;
  /** Closes the socket in place of an answer. */
  readonly drop?: boolean | undefined;
  /** Never answers. */
  readonly hang?: boolean | undefined;
  /** Waits this long before it answers. */
  readonly slowMs?: number | undefined;
}

/** A proxy with the usual illnesses. */
export async function startProxy(options: ProxyOptions = {}): Promise<Proxy> {
  const { refuseWith, times = Infinity, drop = false, hang = false, slowMs = 0 } = options;
  const asked: string[] = [];
  const isIll = (): boolean => asked.length <= times;
  const server = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (refuseWith !== undefined && isIll()) {
      response.writeHead(refuseWith).end('no');
      return;
    }
    const onward = http.request(request.url ?? '', { method: request.method, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end());
    request.pipe(onward);
  });
  server.on('connect', (request: http.IncomingMessage, near: net.Socket) => {
    asked.push(`CONNECT ${request.url}`);
    near.on('error', () => undefined);
    if (hang && isIll()) return;
    if (drop && isIll()) near.destroy();
    else if (refuseWith !== undefined && isIll())
      near.end(`HTTP/1.1 ${refuseWith} No\r\nproxy-authenticate: Basic\r\ncontent-length: 0\r\n\r\n`);
    else setTimeout(() => tunnel(near, request.url ?? ''), slowMs);
  });
  const listening = await listen(server);
  return Object.defineProperties(
    { url: `http://127.0.0.1:${listening.port}`, asked },
    Object.getOwnPropertyDescriptors(listening),
  ) as unknown as Proxy;
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
