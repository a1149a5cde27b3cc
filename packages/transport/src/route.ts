import { chooseProxy } from './choose-proxy.ts';
import type { ProxyRoute } from './choose-proxy.ts';
import type { TlsIdentity } from './secure-context.ts';
import type { TransportOptions, TransportPolicy } from './transport-options.ts';

/** Everything that is needed to reach one origin; the same for all its connections. */
export interface Route {
  readonly origin: string;
  readonly secure: boolean;
  /** Without the brackets of IPv6. */
  readonly hostname: string;
  readonly port: number;
  readonly proxy: ProxyRoute | undefined;
  /** Plain HTTP/1.1 through a proxy needs no tunnel: the request names the whole URL (RFC 9112 section 3.2.2). */
  readonly tunnel: boolean;
  readonly identity: TlsIdentity;
  readonly connectTimeoutMs: number;
  /** Ticket of an earlier handshake, so that the next one is shorter. */
  tlsSession: Buffer | undefined;
}

/** @throws TransportError INVALID_PROXY */
export function planRoute(
  origin: string,
  options: TransportOptions,
  policy: TransportPolicy,
  identity: TlsIdentity,
  env: Readonly<Record<string, string | undefined>>,
): Route {
  const url = new URL(origin);
  const secure = url.protocol === 'https:';
  const proxy = chooseProxy(url, options.proxy, env, options.settingNames?.proxy);
  if (proxy !== undefined) {
    const { source } = proxy;
    options.logger?.debug('A proxy is used', { origin, proxy: proxy.url.origin, source });
  }
  return {
    origin,
    secure,
    hostname: url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname,
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    proxy,
    tunnel: secure || policy.http2 === 'prior-knowledge',
    identity,
    connectTimeoutMs: policy.connectTimeoutMs,
    tlsSession: undefined,
  };
}
