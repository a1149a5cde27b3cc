import type { ServerOptions } from '@conductor-ts/testing';
import type { TransportOptions } from '@conductor-ts/transport';

/** How calls reach the server. */
export type Protocol = 'HTTP/1.1' | 'HTTP/1.1 over TLS' | 'HTTP/2 over TLS' | 'HTTP/2 in the clear';

export const PROTOCOLS: Record<Protocol, { server: ServerOptions; transport: TransportOptions }> = {
  'HTTP/1.1': { server: {}, transport: { http2: 'off' } },
  'HTTP/1.1 over TLS': { server: { tls: true }, transport: {} },
  'HTTP/2 over TLS': { server: { tls: true, http2: true }, transport: {} },
  'HTTP/2 in the clear': { server: { http2: true }, transport: { http2: 'prior-knowledge' } },
};

export const ALL_PROTOCOLS: Protocol[] = Object.keys(PROTOCOLS) as Protocol[];
