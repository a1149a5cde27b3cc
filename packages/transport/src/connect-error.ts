import type { TransportErrorCode } from './error-codes.ts';
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
  /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|INVALID_(CA|PURPOSE)|HOSTNAME_MISMATCH|ERR_TLS_CERT_)|ERROR_IN_CERT|CRL_/;

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
  const code = codeOf(error, tried);
  return new TransportError(code, code === 'CONNECT_TIMEOUT' ? { ...init, timeoutMs } : init);
}

function codeOf({ code = '', syscall }: NodeError, tried: readonly NodeError[]): TransportErrorCode {
  if (tried.every((one) => one.code === 'ECONNREFUSED')) return 'CONNECT_REFUSED';
  if (tried.some((one) => one.code === 'ETIMEDOUT')) return 'CONNECT_TIMEOUT';
  if (DNS.test(code) || syscall === 'getaddrinfo') return 'DNS_FAILED';
  if (UNTRUSTED.test(code)) return 'TLS_UNTRUSTED';
  return code.startsWith('ERR_SSL_') || code === 'EPROTO' ? 'TLS_FAILED' : 'CONNECT_FAILED';
}

function addressesOf(tried: readonly NodeError[]): readonly string[] | undefined {
  const list = tried
    .filter((one) => one.address !== undefined)
    .map((one) => `${one.address?.includes(':') ? `[${one.address}]` : one.address}:${one.port} ${one.code}`);
  return list.length === 0 ? undefined : list;
}
