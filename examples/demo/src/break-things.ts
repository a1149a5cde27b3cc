import type { ConductorTestServer } from '@conductor-ts/testing';

/** Of HTTP/2 (RFC 9113, section 7): says nothing about whether the request was processed. */
const INTERNAL_ERROR = 2;
const START = { operation: 'workflow.start' };
/** All of the API except the token, which has faults of its own. */
const API = { path: /^\/api\/(?!token)/ };
/** What a gateway says of a server that is away: no word of Conductor in it. */
const GATEWAY_ANSWER = { headers: { 'content-type': 'text/html' }, body: '<h1>503 Service Unavailable</h1>' };

/** Makes a server misbehave in many ways, now and then, until the returned function is called. */
export function breakThings({ faults }: ConductorTestServer): () => void {
  // Either the request is lost or only its answer, with the whole connection and every call on it: to the client both look the same.
  faults.loseAnswers({ ...START, probability: 0.04 });
  faults.resetConnections({ ...START, probability: 0.04 });
  faults.loseAnswers({ ...API, probability: 0.005 });
  faults.truncateAnswers({ ...API, probability: 0.005 });
  faults.add({ match: { ...API, probability: 0.01 }, fault: { kind: 'reset-stream', code: INTERNAL_ERROR } });
  faults.refuseStreams({ ...API, probability: 0.03 });
  faults.answer(429, { ...API, probability: 0.02, headers: { 'retry-after': '0' } });
  faults.answer(503, { ...API, probability: 0.01, ...GATEWAY_ANSWER });
  const timers = [setInterval(() => faults.goaway(), 700), setInterval(() => faults.expireTokens(), 1_500)];
  return () => timers.forEach(clearInterval);
}
