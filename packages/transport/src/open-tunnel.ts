import type { Socket } from 'node:net';
import { ProxyAuthError } from './proxy-auth-error.ts';
import { TransportError } from './transport-error.ts';

/** Asks a proxy for a tunnel to `target` (RFC 9110 section 9.3.6) and hands out the socket, on which then only the target speaks. */
export function openTunnel(
  socket: Socket,
  target: string,
  authorization: string | undefined,
  where: { readonly origin: string; readonly proxy: string | undefined; readonly source: string },
  done: (error: Error | null, socket: Socket | null) => void,
): void {
  // Not by an import: ES modules read every export of node:http, and its WebSocket loads Node's own fetch, which sets global dispatchers.
  const { request: send } = process.getBuiltinModule('node:http');
  const request = send({
    method: 'CONNECT',
    path: target,
    createConnection: () => socket,
    setHost: false,
    headers: { host: target, ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }) },
  });
  request.once('connect', (response, tunnel, head) => {
    const status = response.statusCode ?? 0;
    if (status >= 200 && status < 300) {
      if (head.length > 0) tunnel.unshift(head);
      return done(null, tunnel);
    }
    if (status === 407) return done(new ProxyAuthError({ ...where, status }), null);
    // These say that the proxy tried: another time it may succeed. The rest is a decision.
    const code = status === 502 || status === 503 || status === 504 ? 'PROXY_UNAVAILABLE' : 'PROXY_REFUSED';
    done(new TransportError(code, { ...where, status }), null);
  });
  // The request never got through, whatever happened to the connection with the proxy.
  request.on('error', (cause) => done(new TransportError('PROXY_UNAVAILABLE', { ...where, cause }), null));
  request.end();
}
