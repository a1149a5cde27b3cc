import type { ConductorTestServer } from '@conductor-ts/testing';

/** Everything but the token: that has faults of its own. */
const API = { path: /^\/api\/(?!token)/ };
const TOKEN = { path: '/api/token' };
const START = { operation: 'workflow.start' };

/**
 * Makes a server do everything that servers and networks do, now and then, until it is stopped. How often is chosen so
 * that most calls succeed: a client that only fails proves nothing.
 */
export function breakServer({ faults }: ConductorTestServer, random: () => number): { stop(): Promise<void> } {
  // The connection is lost, with every call on it: at each moment of an exchange.
  for (const at of ['before-reading', 'before-handling', 'after-handling', 'in-body'] as const) {
    faults.resetConnections({ ...API, at, probability: 0.001 });
    faults.add({ match: { ...API, probability: 0.001 }, fault: { kind: 'close', at } });
    faults.stall({ ...API, at, probability: 0.000_5 });
  }
  // One stream is lost.
  for (const code of [0, 2, 8, 11]) {
    faults.add({ match: { ...API, probability: 0.001 }, fault: { kind: 'reset-stream', code, at: 'after-handling' } });
    faults.add({ match: { ...API, probability: 0.001 }, fault: { kind: 'reset-stream', code } });
  }
  faults.loseAnswers({ ...START, probability: 0.01 });
  faults.refuseStreams({ ...API, probability: 0.01 });
  faults.truncateAnswers({ ...API, probability: 0.003 });
  faults.add({ match: { ...API, probability: 0.002 }, fault: { kind: 'drip', bytes: 16, everyMs: 1 } });
  faults.add({ match: { ...API, probability: 0.001 }, fault: { kind: 'garbage', at: 'after-handling' } });
  faults.add({ match: { ...API, probability: 0.001 }, fault: { kind: 'goaway' } });
  faults.add({ match: { ...API, probability: 0.000_5 }, fault: { kind: 'goaway', code: 11 } });
  faults.add({ match: { ...API, probability: 0.001 }, fault: { kind: 'goaway', covers: false } });
  faults.add({ match: { ...API, probability: 0.000_2 }, fault: { kind: 'black-hole' } });
  // It answers, but not what was asked for.
  faults.answer(429, { ...API, probability: 0.01, headers: { 'retry-after': '0' } });
  faults.answer(503, { ...API, probability: 0.005, body: '<h1>503</h1>', headers: { 'content-type': 'text/html' } });
  faults.add({ match: { ...START, probability: 0.002 }, fault: { kind: 'status', status: 502, applied: true } });
  // Tokens, and what gives them.
  faults.answer(500, { ...TOKEN, probability: 0.05 });
  faults.resetConnections({ ...TOKEN, probability: 0.05 });
  // Connections break before there is any HTTP on them, the TLS handshake included.
  for (const kind of ['reset', 'close', 'garbage', 'silent'] as const) faults.onConnect(kind, { probability: 0.01 });

  let stopped = false;
  let event: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    const dice = random();
    if (dice < 0.05) event = event.then(() => (stopped ? undefined : faults.restart({ downMs: 5 + 30 * random() })));
    else if (dice < 0.11) faults.expireTokens();
    else if (dice < 0.14) faults.rejectTokens();
    else if (dice < 0.34) faults.goaway();
    else if (dice < 0.39) faults.blackHole();
    else if (dice < 0.5) faults.closeIdleConnections();
    else faults.limitStreams(1 + Math.floor(100 * random()));
  }, 200);
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await event;
      faults.limitStreams(100);
      await faults.clear();
    },
  };
}
