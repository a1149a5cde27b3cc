import { createTokenManager, type TokenManager, type TokenManagerOptions } from '@conductor-ts/auth';
import type { ConductorTestServer } from '@conductor-ts/testing';
import { createTransport } from '@conductor-ts/transport';
import { expect, test } from 'vitest';
import { answer, startRawServer } from '../../src/raw-server.ts';
import { arrived, failureOf, openRig, read, type Rig, rigFor, start, startsAt, startServer } from '../../src/rig.ts';
import { leaks, SECRETS, showError, showLine } from '../../src/secrets.ts';

const HOUR = 3_600_000;
const orkes = (): Promise<ConductorTestServer> => startServer('HTTP/1.1', { mode: 'orkes' });
const keyed = (server: ConductorTestServer): Promise<Rig> => rigFor(server, 'HTTP/1.1', { keyed: true });

test('an expired token: one new one, and the replay is the same request with the new token', async () => {
  await using server = await orkes();
  await using rig = await keyed(server);
  server.faults.expireTokens();
  await rig.client.workflow.startByName(
    { name: 'w', body: { n: 1 } },
    { idempotencyKey: 'key-1', headers: { 'X-Trace': 'on' } },
  );
  const [first, second] = server.received.filter(({ operation }) => operation === 'workflow.startByName');
  const shown = (request: typeof first): unknown => [
    request?.body,
    ...['content-type', 'x-idempotency-key', 'x-on-conflict', 'x-trace'].map((name) => request?.headers[name]),
  ];
  expect(shown(second)).toEqual(shown(first));
  expect([first?.token, second?.token, server.counts().tokensIssued]).toEqual([1, 2, 2]);
  expect(arrived(server, 'workflow.startByName')).toBe(2);
  expect(server.engine.stats().workflowsStarted).toBe(1);
});

test('a token that is refused before the whole of a large request was read: the replay has all of it', async () => {
  const refusal = '{"error":"EXPIRED_TOKEN"}';
  await using server = await startRawServer(answer(200, '"id"'), {
    onConnection: (socket, count) => {
      if (count > 1) return false;
      socket.once('data', () => {
        socket.pause();
        const head = `HTTP/1.1 401 X\r\ncontent-type: application/json\r\ncontent-length: ${refusal.length}`;
        socket.write(`${head}\r\nconnection: close\r\n\r\n${refusal}`);
      });
      return true;
    },
  });
  await using rig = await openRig(server.url);
  const body = { name: 'w', input: { text: 'x'.repeat(2_000_000) } };
  expect(await rig.client.workflow.start({ body })).toBe('id');
  expect(server.received.map((request) => request.body)).toEqual([JSON.stringify(body)]);
  expect(server.received[0]?.headers['x-authorization']).toBe(SECRETS.otherToken);
  expect([server.accepted, server.applied]).toEqual([2, 1]);
});

test('a hundred calls that meet the expiry, half of them held back: one new token', async () => {
  await using server = await orkes();
  await using rig = await keyed(server);
  server.faults.delay(100, { probability: 0.5 });
  server.faults.expireTokens();
  await Promise.all(Array.from({ length: 100 }, () => start(rig)));
  expect(tokenRequests(server)).toBe(2);
  expect(startsAt(server)).toEqual({ received: 200, applied: 100 });
});

test('two hundred calls that meet a token which has run out: one new one, and no 401', async () => {
  await using server = await orkes();
  await using minting = mintingFrom(server);
  await using rig = await rigFor(server, 'HTTP/1.1', { tokens: minting.tokens });
  await read(rig);
  minting.clock.wall += HOUR;
  await Promise.all(Array.from({ length: 200 }, () => start(rig)));
  expect(tokenRequests(server)).toBe(2);
  expect(startsAt(server)).toEqual({ received: 200, applied: 200 });
});

test('401s that come in one after the other, over five seconds: one new token', async () => {
  await using server = await orkes();
  await using minting = mintingFrom(server);
  const { clock, tokens } = minting;
  // Every caller has taken the old token before the first 401 comes, and hears of it later than the one before.
  const old = (await tokens.getToken()) ?? '';
  const held = { getToken: () => old, refreshToken: tokens.refreshToken };
  await using rig = await rigFor(server, 'HTTP/1.1', { tokens: held });
  server.faults.expireTokens();
  for (let call = 0; call < 100; call += 1) {
    await start(rig);
    clock.wall += 50;
  }
  expect(tokenRequests(server)).toBe(2);
  expect(startsAt(server)).toEqual({ received: 200, applied: 100 });
});

test('a token that is refused again and again: one new one, the 401 is handed back', async () => {
  await using server = await orkes();
  await using rig = await keyed(server);
  server.faults.add({ match: { operation: 'workflow.start' }, fault: { kind: 'refuse-tokens' } });
  expect(await failureOf(start(rig))).toMatchObject({ code: 'UNAUTHENTICATED', status: 401, attempts: 2 });
  expect([tokenRequests(server), startsAt(server)]).toEqual([2, { received: 2, applied: 0 }]);
});

test.each([
  [403, { error: 'FORBIDDEN', message: 'no' }, 1],
  [403, { error: 'EXPIRED_TOKEN', message: 'no' }, 2],
  [401, { error: 'LICENSE_EXPIRED', message: 'no' }, 1],
  [401, '<html>Sign in</html>', 2],
  [401, { message: 'no code' }, 2],
])('%i with %j: %i requests', async (status, body, requests) => {
  await using server = await orkes();
  await using rig = await keyed(server);
  server.faults.answer(status, { operation: 'workflow.start', body });
  expect(await failureOf(start(rig))).toMatchObject({
    code: status === 401 ? 'UNAUTHENTICATED' : 'FORBIDDEN',
    status,
    attempts: requests,
  });
  expect([tokenRequests(server), startsAt(server)]).toEqual([requests, { received: requests, applied: 0 }]);
});

test('a token endpoint that hangs hurts nobody who has a good token, and the next question gets through', async () => {
  await using server = await orkes();
  await using minting = mintingFrom(server, { tokenRequestTimeoutMs: 1_000 });
  await using rig = await rigFor(server, 'HTTP/1.1', { tokens: minting.tokens });
  await start(rig);
  server.faults.stall({ path: '/api/token' });
  await start(rig);
  server.faults.expireTokens();
  expect(await failureOf(start(rig, { timeoutMs: 30 }))).toMatchObject({ code: 'ATTEMPT_TIMEOUT', attempts: 1 });
  expect(await failureOf(start(rig))).toMatchObject({ status: 401, attempts: 1 });
  await server.faults.clear();
  minting.clock.wall += 1_100;
  await start(rig);
  expect(server.engine.stats().workflowsStarted).toBe(3);
});

test('after any row of failures of the token endpoint the first call that may ask succeeds', async () => {
  await using server = await orkes();
  // Only the endpoint that hangs uses this time up; all else must fit into it on the busiest machine.
  await using minting = mintingFrom(server, { tokenRequestTimeoutMs: 1_500 });
  const { clock, tokens } = minting;
  await using rig = await rigFor(server, 'HTTP/1.1', { tokens });
  const onToken = { path: '/api/token', times: 1 };
  const failures: (() => unknown)[] = [
    () => server.faults.answer(401, onToken),
    () => server.faults.answer(404, onToken),
    () => server.faults.answer(500, onToken),
    () => server.faults.answer(200, { ...onToken, body: '<html>' }),
    () => server.faults.answer(200, { ...onToken, body: { token: '' } }),
    () => server.faults.stall(onToken),
    // One is replaced at once.
    () => server.faults.resetConnections({ ...onToken, times: 2 }),
  ];
  for (const fail of failures) {
    fail();
    server.faults.expireTokens();
    await failureOf(start(rig));
    await server.faults.clear();
    clock.wall += 61_000;
    await start(rig);
  }
  expect(server.engine.stats().workflowsStarted).toBe(failures.length);
});

test('an outage of ten minutes: the old token serves, tries come 1, 2, 4 … 60 s apart, few lines tell of it, and it ends by itself', async () => {
  await using server = await orkes();
  const lines: string[] = [];
  const line =
    (level: string) =>
    (message: string): void => {
      lines.push(`${level} ${message}`);
      showLine(message);
    };
  await using minting = mintingFrom(server, {
    random: () => 0.5,
    logger: { debug: () => undefined, info: line('info'), warn: line('warn'), error: line('error') },
  });
  const { clock, tokens } = minting;
  await using rig = await rigFor(server, 'HTTP/1.1', { tokens });
  await start(rig);
  server.faults.answer(503, { path: '/api/token' });
  // Renewal is due, and in the middle of the outage the token's time is over.
  clock.wall += 37 * 60_000;
  const tries: number[] = [];
  let asked = tokenRequests(server);
  for (let second = 0; second < 600; second += 1) {
    await read(rig);
    // The clock stands still while a try is under way.
    await expect.poll(() => tokens.stats().minting, { interval: 1 }).toBe(false);
    if (tokenRequests(server) > asked) tries.push(second);
    asked = tokenRequests(server);
    clock.wall += 1_000;
  }
  expect(tries).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183, 243, 303, 363, 423, 483, 543]);
  expect(asked - 1).toBe(tries.length);
  expect(lines.map((text) => text.split(' ')[0])).toEqual(['warn', 'error', 'error', 'error']);
  // One read before it, and all of those within it, with the token that there was.
  const reads = server.received.filter(({ operation }) => operation === 'metadata.getTaskDefs');
  expect([reads.length, reads.every(({ token, applied }) => token === 1 && applied)]).toEqual([600, true]);
  await server.faults.clear();
  clock.wall += 61_000;
  await read(rig);
  await expect.poll(() => server.counts().tokensIssued).toBe(2);
  await expect.poll(() => lines.at(-1)).toMatch(/^info/);
});

test('404 at the start is a server without tokens: no header, one question', async () => {
  await using server = await startServer();
  await using rig = await rigFor(server, 'HTTP/1.1', { keyed: true });
  for (let call = 0; call < 5; call += 1) await start(rig);
  expect(tokenRequests(server)).toBe(1);
  expect(server.received.every(({ headers }) => headers['x-authorization'] === undefined)).toBe(true);
  expect(startsAt(server)).toEqual({ received: 5, applied: 5 });
});

test('404 later is a failure like any other: the token stays', async () => {
  await using server = await orkes();
  await using rig = await keyed(server);
  server.faults.answer(404, { path: '/api/token' });
  server.faults.expireTokens();
  expect(await failureOf(start(rig))).toMatchObject({ status: 401 });
  const last = server.received.findLast(({ operation }) => operation === 'workflow.start');
  expect(last?.token).toBe(1);
  expect([tokenRequests(server), startsAt(server)]).toEqual([2, { received: 1, applied: 0 }]);
});

test.each([
  ['an empty token', '{"token":""}', 'AUTH_TOKEN_INVALID'],
  ['a number', '{"token":5}', 'AUTH_TOKEN_INVALID'],
  ['a token of a megabyte', `{"token":"${'x'.repeat(1_000_000)}"}`],
  ['a token with a line break', '{"token":"a\\r\\nX-Evil: 1"}', 'AUTH_TOKEN_INVALID'],
  ['a token with a NUL', '{"token":"a\\u0000b"}', 'AUTH_TOKEN_INVALID'],
  ['a token beyond ASCII', '{"token":"tök"}', 'AUTH_TOKEN_INVALID'],
  ['no token', '{}'],
  ['null', 'null'],
  ['a list', '[1]'],
  ['a web page', '<html></html>'],
  ['nothing', ''],
])(
  'a token endpoint that gives %s: a typed error, and no such header',
  async (_, body, code = 'AUTH_ANSWER_INVALID') => {
    await using server = await startRawServer(answer(200, body));
    const error = await failureOf(openRig(server.url, { keyed: true }).then((rig) => rig.client.close()));
    expect(error).toMatchObject({ name: 'AuthError', code });
    expect(server.received.map(({ path }) => path)).toEqual(['/api/token']);
    expect(server.received.some(({ headers }) => 'x-evil' in headers || 'x-authorization' in headers)).toBe(false);
  },
);

test.each([301, 302, 303, 307, 308])(
  'a token endpoint that redirects with %i: the key goes nowhere',
  async (status) => {
    await using other = await startRawServer(answer(200, '{"token":"t"}'));
    await using server = await startRawServer(answer(status, '', { location: `${other.url}/api/token` }));
    expect(await failureOf(openRig(server.url, { keyed: true }))).toMatchObject({ code: 'AUTH_REDIRECTED' });
    expect([server.received.length, other.accepted]).toEqual([1, 0]);
  },
);

test('a wrong secret: one request, and a thousand further calls make none', async () => {
  await using server = await startServer('HTTP/1.1', {
    mode: 'orkes',
    keys: [{ keyId: SECRETS.keyId, keySecret: 'other' }],
  });
  const error = await failureOf(openRig(server.url, { keyed: true }));
  expect(error).toMatchObject({ code: 'AUTH_CREDENTIALS_REJECTED' });
  expect(error.message).toContain('key id');
  expect(server.counts().requests).toBe(1);

  await using minting = mintingFrom(server);
  const { tokens } = minting;
  await tokens.start().catch(showError);
  const errors = new Set<unknown>();
  const quiet = { tokens: { getToken: tokens.getToken, refreshToken: tokens.refreshToken } };
  await using rig = await rigFor(server, 'HTTP/1.1', quiet);
  for (let call = 0; call < 1_000; call += 1) errors.add(await read(rig).catch((reason: unknown) => reason));
  expect(errors.size).toBe(1_000);
  expect([...errors].every((reason) => (reason as { code?: string }).code === 'AUTH_CREDENTIALS_REJECTED')).toBe(true);
  expect(server.counts().requests).toBe(2);
});

test('a wrong secret that becomes right on the server: noticed within half a minute, without a restart', async () => {
  let isRight = false;
  await using server = await startRawServer((socket, request) => {
    if (request.path !== '/api/token') return answer(200, '[]')(socket, request);
    return (isRight ? answer(200, '{"token":"t"}') : answer(401, '{}'))(socket, request);
  });
  await using minting = mintingFrom(server);
  await minting.tokens.start().catch(showError);
  const { getToken, refreshToken } = minting.tokens;
  await using rig = await openRig(server.url, { tokens: { getToken, refreshToken } });
  isRight = true;
  expect(await failureOf(read(rig))).toMatchObject({ code: 'AUTH_CREDENTIALS_REJECTED' });
  expect(server.received).toHaveLength(1);
  minting.clock.wall += 30_000;
  expect(await read(rig)).toEqual([]);
  expect(server.received.map(({ path }) => path)).toEqual(['/api/token', '/api/token', '/api/metadata/taskdefs']);
});

test.each([
  ['two hours ahead', 2 * HOUR, 2 * HOUR],
  ['three hours of suspend that only the wall clock saw', 3 * HOUR, 0],
  ['two hours back on the wall, an hour in truth', -2 * HOUR, HOUR],
])('clocks: %s: a new token before the next call', async (_, wallMs, monotonicMs) => {
  await using server = await orkes();
  await using minting = mintingFrom(server);
  const { clock, tokens } = minting;
  const startMs = 5_000;
  clock.monotonic = startMs;
  await using rig = await rigFor(server, 'HTTP/1.1', { tokens });
  await read(rig);
  clock.wall += wallMs;
  clock.monotonic = startMs + monotonicMs;
  await read(rig);
  expect(server.counts().tokensIssued).toBe(2);
  expect(server.received.at(-1)?.token).toBe(2);
});

const jwt = (exp: unknown): string =>
  `e30.${Buffer.from(JSON.stringify({ exp })).toString('base64url')}.${SECRETS.token}`;
// A call each second for two minutes of the manager's clock.
test.each([
  // Renewed when four fifths of nine seconds are over: one is left to be on the safe side.
  ['ten seconds from now', (nowMs: number) => nowMs / 1_000 + 10, Array.from({ length: 15 }, (_, n) => 8 * n)],
  // Used all the same, and renewed like one whose endpoint fails.
  ['a minute ago', (nowMs: number) => nowMs / 1_000 - 60, [0, 1, 3, 7, 15, 31, 63]],
  ['in the year 1970', () => 1, [0]],
  ['beyond any clock', () => 1e18, [0]],
  ['a text', () => 'tomorrow', [0]],
  ['negative', () => -5, [0]],
])('a token whose exp is %s: calls go through, and no storm of requests', async (_, exp, expected) => {
  const minted: number[] = [];
  let second = 0;
  await using server = await startRawServer((socket, request) => {
    if (request.path !== '/api/token') return answer(200, '[]')(socket, request);
    minted.push(second);
    return answer(200, JSON.stringify({ token: jwt(exp(minting.clock.wall)) }))(socket, request);
  });
  await using minting = mintingFrom(server, { random: () => 0.5 });
  await using rig = await openRig(server.url, { tokens: minting.tokens });
  for (; second < 120; second += 1) {
    expect(await read(rig)).toEqual([]);
    await expect.poll(() => minting.tokens.stats().minting, { interval: 1 }).toBe(false);
    minting.clock.wall += 1_000;
  }
  expect(minted).toEqual(expected);
  expect(leaks([jwt(exp(minting.clock.wall))])).toEqual([]);
});

test('fifty clients that share one token manager: one token', async () => {
  await using server = await orkes();
  await using minting = mintingFrom(server);
  const { tokens } = minting;
  const rigs = await Promise.all(Array.from({ length: 50 }, () => rigFor(server, 'HTTP/1.1', { tokens })));
  await Promise.all(rigs.map((rig) => read(rig)));
  expect(server.counts().tokensIssued).toBe(1);
  await Promise.all(rigs.map((rig) => rig[Symbol.asyncDispose]()));
});

const tokenRequests = (server: ConductorTestServer): number =>
  server.received.filter(({ path }) => path === '/api/token').length;

interface Minting extends AsyncDisposable {
  readonly tokens: TokenManager;
  /** The manager's clocks; `wall` alone moves both. */
  readonly clock: { wall: number; monotonic?: number };
}

/** A token manager with clocks of its own, over a transport of its own. */
function mintingFrom(server: { readonly url: string }, options: Partial<TokenManagerOptions> = {}): Minting {
  const clock: Minting['clock'] = { wall: Date.now() };
  const transport = createTransport();
  const tokens = createTokenManager({
    serverUrl: server.url,
    keyId: SECRETS.keyId,
    keySecret: SECRETS.keySecret,
    fetch: transport.fetch,
    now: () => clock.wall,
    monotonic: () => clock.monotonic ?? clock.wall,
    ...options,
  });
  return {
    tokens,
    clock,
    async [Symbol.asyncDispose]() {
      tokens.stopBackgroundRefresh();
      await transport.close();
    },
  };
}
