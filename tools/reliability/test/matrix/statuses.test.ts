import { expect, test } from 'vitest';
import { answer, applied, startRawServer } from '../../src/raw-server.ts';
import {
  ALL_PROTOCOLS,
  arrived,
  certificatesOf,
  failureOf,
  openRig,
  read,
  rigFor,
  seconds,
  start,
  startsAt,
  startServer,
} from '../../src/rig.ts';

test.each(ALL_PROTOCOLS)('%s: five 429s and then 200: six requests, one start', async (protocol) => {
  await using server = await startServer(protocol);
  await using rig = await rigFor(server, protocol, { retry: { jitter: 0 } });
  server.faults.answer(429, { times: 5 });
  await start(rig);
  expect(seconds(rig.sleeps)).toEqual([1, 2, 4, 8, 16]);
  expect(startsAt(server)).toEqual({ received: 6, applied: 1 });
});

test('the waits after a 429 are a tenth longer or shorter, by chance', async () => {
  await using server = await startServer();
  const sleeps: number[] = [];
  for (const random of [0, 0.5, 0.999_999]) {
    await using rig = await rigFor(server, 'HTTP/1.1', { retry: { random: () => random } });
    server.faults.answer(429, { times: 2 });
    await start(rig);
    sleeps.push(...rig.sleeps.map(Math.round));
  }
  expect(sleeps).toEqual([900, 1_800, 1_000, 2_000, 1_100, 2_200]);
});

test('429 for ever: handed back after six requests', async () => {
  await using server = await startServer();
  await using rig = await rigFor(server, 'HTTP/1.1');
  server.faults.answer(429);
  expect(await failureOf(start(rig))).toMatchObject({
    name: 'ConductorApiError',
    code: 'RATE_LIMITED',
    status: 429,
    attempts: 6,
  });
  expect(startsAt(server)).toEqual({ received: 6, applied: 0 });
  expect(seconds(rig.sleeps.slice(0, 3))).toEqual([1, 2, 4]);
  expect(rig.sleeps).toHaveLength(5);
});

test('a 429, then a lost answer, then 429 again: the two counts do not mix, and the start is in doubt', async () => {
  await using server = await startServer();
  await using rig = await rigFor(server, 'HTTP/1.1');
  server.faults.answer(429, { times: 2 });
  server.faults.loseAnswers({ times: 1, operation: 'workflow.start' });
  expect(await failureOf(start(rig))).toMatchObject({ code: 'AMBIGUOUS_REQUEST', attempts: 3 });
  expect(startsAt(server)).toEqual({ received: 3, applied: 1 });
  server.faults.answer(429, { times: 2 });
  server.faults.loseAnswers({ times: 2, operation: 'metadata.getTaskDefs' });
  expect(await read(rig)).toEqual([]);
  expect(arrived(server, 'metadata.getTaskDefs')).toBe(5);
  expect(seconds(rig.sleeps)).toEqual([1, 2, 1, 2, 1, 2]);
});

const inTheFuture = (): string => new Date(Date.now() + 20_000).toUTCString();
test.each([
  ['3 seconds', '3', [3_000, 3_300]],
  ['0', '0', [900, 1_100]],
  ['a date in twenty seconds', inTheFuture, [15_000, 22_000]],
  ['a date in the past', 'Wed, 21 Oct 2015 07:28:00 GMT', [900, 1_100]],
  ['soon', 'soon', [900, 1_100]],
  ['a negative number', '-1', [900, 1_100]],
  ['two values', '3, 5', [900, 1_100]],
  ['a fraction', '1.5', [900, 1_650]],
  ['nothing', '', [900, 1_100]],
  ['a date that does not exist', 'Wed, 99 Foo 2015 07:28:00 GMT', [900, 1_100]],
  ['hexadecimal', '0x10', [900, 1_100]],
] as const)('Retry-After: %s', async (_, value, [least, most]) => {
  await using server = await startServer();
  await using rig = await rigFor(server, 'HTTP/1.1');
  const headers = { 'retry-after': typeof value === 'function' ? value() : value };
  server.faults.answer(429, { times: 1, headers });
  await start(rig);
  expect(startsAt(server)).toEqual({ received: 2, applied: 1 });
  expect(rig.sleeps).toHaveLength(1);
  expect(rig.sleeps[0]).toBeGreaterThanOrEqual(least);
  expect(rig.sleeps[0]).toBeLessThanOrEqual(most);
});

test.each(['1000000000', '61', '9'.repeat(400), 'Fri, 31 Dec 9999 23:59:59 GMT'])(
  'Retry-After: %s is longer than anyone sleeps: the 429 comes at once',
  async (value) => {
    await using server = await startServer();
    await using rig = await rigFor(server, 'HTTP/1.1');
    server.faults.answer(429, { headers: { 'retry-after': value } });
    const error = await failureOf(start(rig));
    expect(error).toMatchObject({ code: 'RATE_LIMITED', status: 429, attempts: 1 });
    // It says for how long, so that the caller can wait.
    expect(error['retryAfterMs']).toBeGreaterThan(60_000);
    expect([startsAt(server), rig.sleeps]).toEqual([{ received: 1, applied: 0 }, []]);
  },
);

test.each([
  ['nothing left for 3 seconds', { ratelimit: '"default";r=0;t=3' }, 3_000],
  ['something left', { ratelimit: '"default";r=5;t=3' }, 900],
  ['Retry-After beside it, which wins', { ratelimit: '"default";r=0;t=30', 'retry-after': '3' }, 3_000],
])('RateLimit: %s', async (_, headers, least) => {
  await using server = await startServer();
  await using rig = await rigFor(server, 'HTTP/1.1', { retry: { random: () => 0 } });
  server.faults.answer(429, { times: 1, headers });
  await start(rig);
  expect(rig.sleeps.map(Math.round)).toEqual([least]);
  expect(startsAt(server)).toEqual({ received: 2, applied: 1 });
});

test('a server that says `x-should-retry: false` gets no second request', async () => {
  await using server = await startServer();
  await using rig = await rigFor(server, 'HTTP/1.1', { config: { retryServerErrors: true } });
  for (const status of [429, 503]) {
    server.faults.answer(status, { times: 1, body: 'busy', headers: { 'x-should-retry': 'false' } });
    expect(await failureOf(read(rig))).toMatchObject({ status, attempts: 1 });
  }
  expect([server.counts().requests, rig.sleeps]).toEqual([2, []]);
});

test('a 503 with Retry-After is waited for as long as it says, where server errors are retried', async () => {
  await using server = await startServer();
  await using rig = await rigFor(server, 'HTTP/1.1', { config: { retryServerErrors: true }, retry: { jitter: 0 } });
  server.faults.answer(503, { times: 2, body: 'busy', headers: { 'retry-after': '7' } });
  expect(await read(rig)).toEqual([]);
  expect([arrived(server, 'metadata.getTaskDefs'), rig.sleeps.length]).toEqual([3, 2]);
  // Never shorter; a little longer, so that not all come back at once.
  for (const ms of rig.sleeps) expect(7_000 <= ms && ms <= 7_700, String(ms)).toBe(true);
});

test('a wait beyond the deadline of the call is not begun', async () => {
  await using server = await startServer();
  await using rig = await rigFor(server, 'HTTP/1.1');
  server.faults.answer(429, { headers: { 'retry-after': '30' } });
  expect(await failureOf(start(rig, { totalTimeoutMs: 20_000 }))).toMatchObject({ status: 429, attempts: 1 });
  expect([startsAt(server), rig.sleeps]).toEqual([{ received: 1, applied: 0 }, []]);
});

test.each([
  [500, 'SERVER_ERROR'],
  [502, 'UNAVAILABLE'],
  [503, 'UNAVAILABLE'],
  [504, 'UNAVAILABLE'],
  [408, 'SERVER_TIMEOUT'],
  [409, 'CONFLICT'],
  [423, 'LOCKED'],
])('%i: one request, one answer', async (status, code) => {
  await using server = await startServer();
  await using rig = await rigFor(server, 'HTTP/1.1');
  server.faults.answer(status);
  for (const call of [start, read]) {
    expect(await failureOf(call(rig))).toMatchObject({ name: 'ConductorApiError', code, status, attempts: 1 });
  }
  expect(server.counts()).toMatchObject({ requests: 2, applied: 0 });
  expect(rig.sleeps).toEqual([]);
});

test.each([
  [502, 'bad gateway', 4],
  [503, 'no upstream', 4],
  [504, 'gateway timeout', 4],
  [500, 'oops', 1],
  [500, { retryable: true, message: 'busy' }, 4],
  [503, { retryable: false, message: 'no' }, 1],
  [501, 'no', 1],
])('asked to retry server errors, %i with %j takes a read %i times, and a start once', async (status, body, times) => {
  await using server = await startServer();
  await using rig = await rigFor(server, 'HTTP/1.1', { config: { retryServerErrors: true } });
  server.faults.answer(status, { body });
  expect(await failureOf(read(rig))).toMatchObject({ status, attempts: times });
  expect(await failureOf(start(rig))).toMatchObject({ status, attempts: 1 });
  expect(server.counts()).toMatchObject({ requests: times + 1, applied: 0 });
  expect(seconds(rig.sleeps)).toEqual([1, 2, 3].slice(0, times - 1));
});

test('one switch turns all retries off', async () => {
  await using server = await startServer();
  await using rig = await rigFor(server, 'HTTP/1.1');
  server.faults.loseAnswers({ operation: 'metadata.getTaskDefs' });
  server.faults.answer(429, { operation: 'workflow.start' });
  await failureOf(read(rig, { retry: false }));
  await failureOf(start(rig, { retry: false }));
  expect([server.counts().requests, rig.sleeps]).toEqual([2, []]);
});

test('two settings turn all retries of a client off', async () => {
  await using server = await startServer();
  const never = { maxRateLimitRetries: 0, maxTransportRetries: 0 };
  await using rig = await rigFor(server, 'HTTP/1.1', { config: { retryServerErrors: true }, retry: never });
  for (const fail of [
    () => server.faults.loseAnswers({ times: 1 }),
    () => server.faults.answer(429, { times: 1 }),
    () => server.faults.answer(503, { times: 1, body: 'busy' }),
  ]) {
    fail();
    expect(await failureOf(read(rig))).toMatchObject({ attempts: 1 });
  }
  expect([server.counts().requests, rig.sleeps]).toEqual([3, []]);
});

const moved = (status: number, location: string) => answer(status, '', { location });

test.each([301, 302, 303, 307, 308])('a %i to another host: refused, and the token goes nowhere', async (status) => {
  await using other = await startRawServer(answer(200, '[]'));
  await using server = await startRawServer(moved(status, `${other.url}/api/workflow`));
  await using rig = await openRig(server.url);
  const refused = { code: 'REDIRECT_REFUSED', location: `${other.url}/api/workflow` };
  expect(await failureOf(read(rig))).toMatchObject({ ...refused, attempts: 1 });
  // "See other" (RFC 9110 section 15.4.4) points to the result of what was carried out.
  const ofStart = status === 303 ? { code: 'AMBIGUOUS_REQUEST', cause: refused } : refused;
  expect(await failureOf(start(rig))).toMatchObject({ ...ofStart, attempts: 1 });
  expect([server.received.length, other.accepted]).toEqual([2, 0]);
});

test.each([
  [301, 'read'],
  [302, 'read'],
  [303, 'read'],
  [307, 'read'],
  [308, 'read'],
  [307, 'start'],
  [308, 'start'],
] as const)('a %i to the same host: a %s is followed, with token and body', async (status, kind) => {
  await using server = await startRawServer(answer(200, '[]'));
  await using rig = await openRig(server.url);
  server.behave(moved(status, '/elsewhere'), answer(200, kind === 'read' ? '[]' : '"id"'));
  await (kind === 'read' ? read(rig) : start(rig));
  const [first, second] = server.received;
  expect(second).toMatchObject({ path: '/elsewhere', method: first?.method, body: first?.body });
  expect(second?.headers['x-authorization']).toBe(first?.headers['x-authorization']);
  expect(server.applied).toBe(1);
});

test.each([
  [301, { code: 'REDIRECT_REFUSED' }],
  [302, { code: 'REDIRECT_REFUSED' }],
  [303, { code: 'AMBIGUOUS_REQUEST', mayHaveBeenProcessed: true, cause: { code: 'REDIRECT_REFUSED' } }],
])('a %i to the same host does not turn a start into a GET', async (status, refused) => {
  await using server = await startRawServer(moved(status, '/elsewhere'));
  await using rig = await openRig(server.url);
  expect(await failureOf(start(rig))).toMatchObject({ ...refused, attempts: 1 });
  expect(server.received).toHaveLength(1);
});

test('a loop of redirects ends', async () => {
  await using server = await startRawServer(moved(307, '/again'));
  await using rig = await openRig(server.url);
  for (const call of [start, read])
    expect(await failureOf(call(rig))).toMatchObject({ code: 'REDIRECT_LIMIT', attempts: 1 });
  expect([server.received.length, server.applied]).toEqual([12, 0]);
});

test('a redirect from TLS to plain HTTP, on the same host and port, is refused, and the token goes nowhere', async () => {
  await using donor = await startServer('HTTP/1.1 over TLS');
  await using server = await startRawServer(
    (socket, request) => moved(307, `http://127.0.0.1:${server.port}/there`)(socket, request),
    { tls: await certificatesOf(donor) },
  );
  await using rig = await openRig(server.url, { transport: { tls: { ca: donor.ca } } });
  for (const call of [start, read]) {
    expect(await failureOf(call(rig))).toMatchObject({ code: 'REDIRECT_REFUSED', attempts: 1 });
  }
  expect(server.received.map(({ path }) => path)).toEqual(['/api/workflow', '/api/metadata/taskdefs']);
});

test('a start that was redirected and whose answer was then lost is in doubt, and not sent again', async () => {
  await using server = await startRawServer(answer(200, '[]'));
  await using rig = await openRig(server.url);
  const lost = applied((socket) => void socket.resetAndDestroy());
  server.behave(moved(307, '/there'), lost);
  expect(await failureOf(start(rig))).toMatchObject({ code: 'AMBIGUOUS_REQUEST', attempts: 1 });
  expect([server.received.map(({ path }) => path), server.applied]).toEqual([['/api/workflow', '/there'], 1]);
  // A read begins where it began.
  server.behave(moved(307, '/there'), lost, answer(200, '[]'));
  expect(await read(rig)).toEqual([]);
  expect(server.received.slice(2).map(({ path }) => path)).toEqual([
    '/api/metadata/taskdefs',
    '/there',
    '/api/metadata/taskdefs',
  ]);
});

test.each([
  'http://169.254.169.254/latest/meta-data',
  '//example.test/',
  'ftp://127.0.0.1/',
  'file:///etc/passwd',
  'http://[',
  '',
])('a redirect to %s is refused', async (location) => {
  await using server = await startRawServer(moved(307, location));
  await using rig = await openRig(server.url);
  const error = await failureOf(read(rig));
  expect(error).toMatchObject({ attempts: 1 });
  // An empty one is the URL itself, again and again.
  expect(error['code']).toBe(location === '' ? 'REDIRECT_LIMIT' : 'REDIRECT_REFUSED');
  expect(server.received).toHaveLength(location === '' ? 6 : 1);
});

test('a 429 after a redirect, and a redirect after a 429', async () => {
  await using server = await startRawServer(answer(200, '[]'));
  await using rig = await openRig(server.url);
  server.behave(moved(307, '/a'), answer(429), moved(307, '/b'), answer(200, '"id"'));
  await start(rig);
  expect(server.received.map(({ path }) => path)).toEqual(['/api/workflow', '/a', '/api/workflow', '/b']);
  expect(server.applied).toBe(1);
});

test('more calls than may wait out a 429: the others get theirs at once', async () => {
  await using server = await startServer();
  let release = (): void => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await using rig = await rigFor(server, 'HTTP/1.1', {
    retry: { maxRateLimitWaiters: 2 },
    onSleep: () => released,
  });
  server.faults.answer(429, { times: 10 });
  const outcomes = Array.from({ length: 10 }, () => start(rig).catch((error: { code?: unknown }) => error.code));
  await expect.poll(() => rig.sleeps.length).toBe(2);
  await expect.poll(() => startsAt(server)).toEqual({ received: 10, applied: 0 });
  await expect.poll(() => rig.client.stats().inFlight).toBe(2);
  release();
  const ended = await Promise.all(outcomes);
  expect(ended.filter((outcome) => outcome === 'RATE_LIMITED')).toHaveLength(8);
  expect(startsAt(server)).toEqual({ received: 12, applied: 2 });
});
