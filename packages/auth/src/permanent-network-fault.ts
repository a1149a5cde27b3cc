// Wrong certificates, or no TLS on the other side: waiting does not help, and the reader wants to know at once.
const TLS_FAULT = /CERT|^ERR_TLS_|^ERR_SSL_|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|HOSTNAME_MISMATCH/;
const MAX_CAUSES = 5;

/**
 * Whether a failed connection will hardly work a second later: the transport of this family says so in `permanent`; for anybody else's
 * fetch the error codes along the chain of causes decide.
 */
export function isPermanentNetworkFault(error: unknown): boolean {
  let link: unknown = error;
  for (let i = 0; i < MAX_CAUSES && typeof link === 'object' && link !== null; i++) {
    if ('permanent' in link && link.permanent === true) return true;
    if ('code' in link && typeof link.code === 'string' && TLS_FAULT.test(link.code)) return true;
    link = 'cause' in link ? link.cause : undefined;
  }
  return false;
}
