import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface TokenServer extends AsyncDisposable {
  readonly url: string;
  /** All requests received, in order. */
  readonly requests: readonly SeenRequest[];
  /** What the server does with a request from now on; `n` counts from 1. */
  answer: (response: ServerResponse, n: number) => void;
  /** Resolves once `count` requests have arrived. */
  received(count: number): Promise<void>;
}

/** A token endpoint on a real socket; gives token-1, token-2 ... until told otherwise. */
export async function startTokenServer(answer: TokenServer['answer'] = giveToken): Promise<TokenServer> {
  const requests: SeenRequest[] = [];
  const watchers = new Set<() => void>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method, url: path, headers } = request;
      requests.push({ method, path, headers, body: Buffer.concat(chunks).toString() });
      tokenServer.answer(response, requests.length);
      for (const watch of watchers) watch();
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const tokenServer: TokenServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer,
    received: (count) =>
      new Promise((resolve) => {
        const watch = (): void => {
          if (requests.length < count) return;
          watchers.delete(watch);
          resolve();
        };
        watchers.add(watch);
        watch();
      }),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return tokenServer;
}

export function giveToken(response: ServerResponse, n: number): void {
  sendJson(response, 200, { token: `token-${n}` });
}

export function sendJson(response: ServerResponse, status: number, body: unknown, headers: object = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** An unsigned JWT. */
export function jwt(claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part(claims)}.c2ln`;
}
