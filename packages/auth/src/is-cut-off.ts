const CUT_OFF_CODES: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);
const MAX_CAUSES = 5;

/**
 * Whether a connection that stood was lost under the request, as when a server or a balancer lets old connections go: the next one
 * most likely works. The transport of this family says so by `requestSent`; for anybody else's fetch the error codes along the
 * chain of causes decide.
 */
export function isCutOff(error: unknown): boolean {
  let link: unknown = error;
  for (let i = 0; i < MAX_CAUSES && typeof link === 'object' && link !== null; i++) {
    if ('requestSent' in link) return link.requestSent !== false && !('permanent' in link && link.permanent === true);
    if ('code' in link && typeof link.code === 'string' && CUT_OFF_CODES.has(link.code)) return true;
    link = 'cause' in link ? link.cause : undefined;
  }
  return false;
}
