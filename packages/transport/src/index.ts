// Make a transport and call.
export { createTransport } from './create-transport.ts';
export type { CloseOptions, Fetch, Transport } from './create-transport.ts';
export { resolveFetchFn } from './resolve-fetch-fn.ts';

// Configure it.
export { TRANSPORT_DEFAULTS } from './transport-options.ts';
export type {
  DispatcherLike,
  SettingNames,
  TlsOptions,
  TransportLogger,
  TransportOptions,
  TransportPolicy,
} from './transport-options.ts';

// Handle what goes wrong.
export { TransportError } from './transport-error.ts';
export type { TransportErrorDetails, TransportErrorInit } from './transport-error.ts';
export { ProxyAuthError } from './proxy-auth-error.ts';
export type { RequestSent, TransportErrorCode } from './error-codes.ts';

// Look inside.
export type { OriginStats, TransportStats } from './transport-stats.ts';
