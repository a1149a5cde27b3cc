import type { LookupAddress, LookupOptions } from 'node:dns';
import * as net from 'node:net';
import type { TLSSocket } from 'node:tls';
import { proxyAuthorization } from './choose-proxy.ts';
import type { ProxyRoute } from './choose-proxy.ts';
import { connectError } from './connect-error.ts';
import { openTunnel } from './open-tunnel.ts';
import type { Route } from './route.ts';
import { TransportError } from './transport-error.ts';

/**
 * Where a name has several addresses, Node gives one up after this time and never comes back to it. Long enough for a second SYN, which
 * systems send after a second: by Node's own limit of 250 ms a busy or distant server is lost wherever the next address leads nowhere.
 */
const NEXT_ADDRESS_AFTER_MS = 1_500;

export type OnSocket = (error: TransportError | null, socket: net.Socket | null) => void;

export interface ConnectAttempt {
  /** The TCP socket: destroying it ends the attempt. */
  readonly tcp: net.Socket;
  cancel(): void;
}

/**
 * Opens TCP, the proxy's TLS and tunnel, and the target's TLS, under one exact timer. `done` is called once and never before this function has returned; not at all
 * after `cancel`.
 */
export function openSocket(route: Route, alpn: readonly string[], done: OnSocket): ConnectAttempt {
  const { proxy } = route;
  // Without user and password.
  const proxyName = proxy?.url.origin;
  let finished = false;
  let leg: 'target' | 'proxy' = proxy === undefined ? 'target' : 'proxy';

  const finish = (error: Error | null, socket: net.Socket | null): void => {
    if (finished) return;
    finished = true;
    clearTimeout(timer);
    if (socket !== null) return done(null, socket);
    tcp.destroy();
    const context = {
      origin: route.origin,
      proxy: proxyName,
      source: proxy?.source,
      timeoutMs: route.connectTimeoutMs,
    };
    done(error instanceof TransportError ? error : connectError(error, { ...context, leg }), null);
  };
  const fail = (error: Error): void => finish(error, null);
  const failClosed = (): void => fail(new Error('closed during connect'));

  // undici's timers are accurate to a second; this one is exact, and covers the name lookup.
  const timer = route.connectTimeoutMs === 0 ? undefined : setTimeout(() => fail(timedOut()), route.connectTimeoutMs);
  const timedOut = (): TransportError =>
    new TransportError('CONNECT_TIMEOUT', {
      origin: route.origin,
      proxy: proxyName,
      timeoutMs: route.connectTimeoutMs,
      addresses: tcp.autoSelectFamilyAttemptedAddresses,
    });

  const tcp = net.connect({
    host: proxy === undefined ? route.hostname : bare(proxy.url.hostname),
    port: proxy === undefined ? route.port : portOf(proxy.url),
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: 60_000,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_AFTER_MS,
    lookup: lookupHost,
  });
  tcp.on('error', fail).on('close', failClosed);

  const secured = (
    under: net.Socket,
    host: string,
    servername: string | undefined,
    protocols: readonly string[],
    next: (s: TLSSocket) => void,
  ): void => {
    const socket = process.getBuiltinModule('node:tls').connect({
      socket: under,
      host,
      servername: servername ?? (net.isIP(host) === 0 ? host : undefined),
      ALPNProtocols: [...protocols],
      secureContext: route.identity.secureContext,
      rejectUnauthorized: route.identity.rejectUnauthorized,
      session: leg === 'target' ? route.tlsSession : undefined,
    });
    socket.on('error', fail).once('secureConnect', () => next(socket));
    // Closing the TLS socket ends the attempt as well, where the socket under it stays open.
    socket.on('close', failClosed);
  };

  const reachTarget = (under: net.Socket): void => {
    leg = 'target';
    if (!route.secure) return finish(null, under);
    secured(under, route.hostname, route.identity.servername, alpn, (socket) => {
      socket.on('session', (session) => (route.tlsSession = session));
      finish(null, socket);
    });
  };

  const throughProxy = (under: net.Socket, { url, source }: ProxyRoute): void => {
    if (!route.tunnel) return reachTarget(under);
    const target = `${net.isIPv6(route.hostname) ? `[${route.hostname}]` : route.hostname}:${route.port}`;
    const where = { origin: route.origin, proxy: proxyName, source };
    openTunnel(under, target, proxyAuthorization(url), where, (error, socket) =>
      socket === null ? finish(error, null) : reachTarget(socket),
    );
  };

  tcp.once('connect', () => {
    if (proxy === undefined) reachTarget(tcp);
    else if (proxy.url.protocol === 'http:') throughProxy(tcp, proxy);
    else secured(tcp, bare(proxy.url.hostname), undefined, ['http/1.1'], (socket) => throughProxy(socket, proxy));
  });

  return {
    tcp,
    cancel() {
      finished = true;
      clearTimeout(timer);
      tcp.destroy();
    },
  };
}

function bare(hostname: string): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}

function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
}

type OnAddresses = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;

const LOOPBACK: LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

/** `localhost` is both loopback addresses (RFC 6761 section 6.3): many systems list only one, and servers listen only on the other. */
export function lookupHost(hostname: string, options: LookupOptions, done: OnAddresses): void {
  if (options.all === true && /^localhost\.?$/i.test(hostname)) process.nextTick(done, null, LOOPBACK);
  else process.getBuiltinModule('node:dns').lookup(hostname, options, done);
}
