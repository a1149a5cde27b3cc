import type { ConductorTestServer } from '@conductor-ts/testing';

/** INTERNAL_ERROR of HTTP/2 (RFC 9113, section 7): says nothing about whether the request was processed. */
const INTERNAL_ERROR = 2;

const START = { operation: 'workflow.start' };
/** All of the API except the token, which has faults of its own. */
const API = { path: /^\/api\/(?!token)/ };

/** Makes a server misbehave in many ways, now and then, until the returned function is called. */
export function breakThings({ faults }: ConductorTestServer): () => void {
  // The request is lost, or only its answer: to the client both look the same.
  faults.add({
    match: { ...START, probability: 0.06 },
    fault: { kind: 'reset-stream', code: INTERNAL_ERROR, at: 'after-handling' },
  });
  faults.add({
    match: { ...START, probability: 0.04 },
    fault: { kind: 'reset-stream', code: INTERNAL_ERROR, at: 'before-handling' },
  });
  // The whole connection, with every call on it.
  faults.loseAnswers({ ...START, probability: 0.02 });
  faults.resetConnections({ ...API, probability: 0.002 });
  faults.truncateAnswers({ ...API, probability: 0.005 });
  faults.refuseStreams({ ...API, probability: 0.03 });
  faults.answer(429, { ...API, probability: 0.02, headers: { 'retry-after': '0' } });
  faults.answer(503, { ...API, probability: 0.01 });
  const timers = [setInterval(() => faults.goaway(), 700), setInterval(() => faults.expireTokens(), 1_500)];
  return () => timers.forEach(clearInterval);
}
