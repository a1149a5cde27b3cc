import { causesOf } from './causes.ts';

const CUT_OFF_CODES: readonly unknown[] = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'];

/**
 * Whether a connection that stood was lost under the request, as when a server or a balancer lets old connections go: the next one
 * most likely works. The transport of this family says so by `requestSent`; for anybody else's fetch the error codes along the
 * chain of causes decide.
 */
export function isCutOff(error: unknown): boolean {
  for (const { requestSent, permanent, code } of causesOf(error)) {
    if (requestSent !== undefined) return requestSent !== false && permanent !== true;
    if (CUT_OFF_CODES.includes(code)) return true;
  }
  return false;
}
