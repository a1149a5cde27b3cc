import { expect, test } from 'vitest';
import { answer, startRawServer } from '../../src/raw-server.ts';
import { ALL_PROTOCOLS, arrived, failureOf, openRig, read, rigFor, start, startServer } from '../../src/rig.ts';

const seconds = (sleeps: readonly number[]): number[] => sleeps.map((ms) => Math.round(ms / 1_000));

test.each(ALL_PROTOCOLS)('%s: five 429s and then 200: six requests, one start', async (protocol) => {
  await using server = await startServer(protocol);
  await using rig = await rigFor(server, protocol, { retry: { jitter: 0 } });
  server.faults.answer(429, { times: 5 });
  await start(rig);
  expect(seconds(rig.sleeps)).toEqual([1, 2, 4, 8, 16]);
  expect([arrived(server, 'workflow.start'), server.engine.stats().workflowsStarted]).toEqual([6, 1]);
});

test('429 for ever: handed back after six requests', async () => {
  await using server = await startServer();
  await using rig = await rigFor(server, 'HTTP/1.1');
  server.faults.answer(429);
  expect(await failureOf(start(rig))).toMatchObject({ name: 'ConductorApiError', status: 429, attempts: 6 });
  expect(arrived(server, 'workflow.start')).toBe(6);
});

test('a 429, then a lost answer, then 429 again: the two counts do not mix, and the start is in doubt', async () => {
  await using server = await startServer();
  await using rig = await rigFor(server, 'HTTP/1.1');
  server.faults.answer(429, { times: 2 });
  server.faults.loseAnswers({ times: 1, operation: 'workflow.start' });
  expect(await failureOf(start(rig))).toMatchObject({ code: 'AMBIGUOUS_REQUEST', attempts: 3 });
  expect(server.engine.stats().workflowsStarted).toBe(1);
  server.faults.answer(429, { times: 2 });
  server.faults.loseAnswers({ times: 2, operation: 'metadata.getTaskDefs' });
  expect(await read(rig)).toEqual([]);
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
    expect(await failureOf(start(rig))).toMatchObject({ status: 429, attempts: 1 });
    expect(rig.sleeps).toEqual([]);
  },
);

test('a wait beyond the deadline of the call is not begun', async () => {
  await using server = await startServer();
  await using rig = await rigFor(server, 'HTTP/1.1');
  server.faults.answer(429, { headers: { 'retry-after': '30' } });
  expect(await failureOf(start(rig, { totalTimeoutMs: 20_000 }))).toMatchObject({ status: 429, attempts: 1 });
  expect(rig.sleeps).toEqual([]);
});

test.each([500, 502, 503, 504, 408, 409, 423])('%i: one request, one answer', async (status) => {
  await using server = await startServer();
  await using rig = await rigFor(server, 'HTTP/1.1');
  server.faults.answer(status);
  for (const call of [start, read]) {
    expect(await failureOf(call(rig))).toMatchObject({ name: 'ConductorApiError', status, attempts: 1 });
  }
  expect(server.counts().requests).toBe(2);
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
  expect(server.counts().requests).toBe(times + 1);
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

const moved = (status: number, location: string) => answer(status, '', { location });

test.each([301, 302, 303, 307, 308])('a %i to another host: refused, and the token goes nowhere', async (status) => {
  await using other = await startRawServer(answer(200, '[]'));
  await using server = await startRawServer(moved(status, `${other.url}/api/workflow`));
  await using rig = await openRig(server.url);
  for (const call of [start, read]) {
    expect(await failureOf(call(rig))).toMatchObject({
      code: 'REDIRECT_REFUSED',
      attempts: 1,
      location: `${other.url}/api/workflow`,
    });
  }
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

test.each([301, 302, 303])('a %i to the same host does not turn a start into a GET', async (status) => {
  await using server = await startRawServer(moved(status, '/elsewhere'));
  await using rig = await openRig(server.url);
  expect(await failureOf(start(rig))).toMatchObject({ code: 'REDIRECT_REFUSED', attempts: 1 });
  expect(server.received).toHaveLength(1);
});

test('a loop of redirects ends', async () => {
  await using server = await startRawServer(moved(307, '/again'));
  await using rig = await openRig(server.url);
  expect(await failureOf(start(rig))).toMatchObject({ code: 'REDIRECT_LIMIT', attempts: 1 });
  expect(server.received).toHaveLength(6);
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
  expect(server.received.length).toBeLessThan(7);
});

test('a 429 after a redirect, and a redirect after a 429', async () => {
  await using server = await startRawServer(answer(200, '[]'));
  await using rig = await openRig(server.url);
  server.behave(moved(307, '/a'), answer(429), moved(307, '/b'), answer(200, '"id"'));
  await start(rig);
  expect(server.received.map(({ path }) => path)).toEqual(['/api/workflow', '/a', '/api/workflow', '/b']);
});
