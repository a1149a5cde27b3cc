import { causesOf } from './causes.ts';

// Wrong certificates, or no TLS on the other side: waiting does not help, and the reader wants to know at once.
const TLS_FAULT = /CERT|^ERR_TLS_|^ERR_SSL_|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|HOSTNAME_MISMATCH/;

/**
 * Whether a failed connection will hardly work a second later: the transport of this family says so in `permanent`; for anybody else's
 * fetch the error codes along the chain of causes decide.
 */
export function isPermanentNetworkFault(error: unknown): boolean {
  return causesOf(error).some(
    ({ permanent, code }) => permanent === true || (typeof code === 'string' && TLS_FAULT.test(code)),
  );
}
