import { TransportError } from './transport-error.ts';
import type { TransportErrorInit } from './transport-error.ts';

interface NodeError extends Error {
  readonly code?: string;
  readonly syscall?: string;
  readonly address?: string;
  readonly port?: number;
  readonly errors?: readonly NodeError[];
}

interface Situation {
  readonly origin: string;
  readonly proxy: string | undefined;
  /** Where the proxy was configured. */
  readonly source?: string | undefined;
  readonly timeoutMs: number;
  readonly leg: 'target' | 'proxy';
}

const DNS = /^(ENOTFOUND|EAI_|ENODATA|ESERVFAIL|EDNS)/;
/** Verification results of OpenSSL, as Node names them, and Node's own check of the name. */
const UNTRUSTED =
  /^(ERR_TLS_CERT_ALTNAME|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|INVALID_(CA|PURPOSE)|HOSTNAME_MISMATCH|ERR_TLS_CERT_)|ERROR_IN_CERT|CRL_/;

const PROXY_OUT_OF_REACH = 'The proxy itself could not be reached; see `proxy` and `source`.';

/** An error from before anything of a request was written. */
export function connectError(raw: Error | null, { origin, proxy, source, timeoutMs, leg }: Situation): TransportError {
  const error = (raw ?? new Error('unknown')) as NodeError;
  const tried = error.errors ?? [error];
  const init: TransportErrorInit = {
    cause: error,
    origin,
    proxy,
    addresses: addressesOf(tried),
    ...(leg === 'proxy' ? { source, hint: PROXY_OUT_OF_REACH } : {}),
  };
  const codes = tried.map((one) => one.code ?? '');
  if (codes.every((code) => code === 'ECONNREFUSED')) return new TransportError('CONNECT_REFUSED', init);
  if (codes.some((code) => code === 'ETIMEDOUT')) return new TransportError('CONNECT_TIMEOUT', { ...init, timeoutMs });
  const code = error.code ?? '';
  if (DNS.test(code) || error.syscall === 'getaddrinfo') return new TransportError('DNS_FAILED', init);
  if (UNTRUSTED.test(code)) return new TransportError('TLS_UNTRUSTED', init);
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO') return new TransportError('TLS_FAILED', init);
  return new TransportError('CONNECT_FAILED', init);
}

function addressesOf(tried: readonly NodeError[]): readonly string[] | undefined {
  const list = tried
    .filter((one) => one.address !== undefined)
    .map((one) => `${one.address?.includes(':') ? `[${one.address}]` : one.address}:${one.port} ${one.code}`);
  return list.length === 0 ? undefined : list;
}
