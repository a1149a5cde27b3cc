import { expect, test } from 'vitest';
import { peakGrowth } from '../../src/peak-memory.ts';
import { answer, applied, bytes, startRawServer } from '../../src/raw-server.ts';
import { failureOf, openRig, read, start } from '../../src/rig.ts';

const OK = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';

test.each([
  ['a header block of 100 kB', `${OK}x: ${'y'.repeat(100_000)}\r\ncontent-length: 2\r\n\r\n[]`],
  ['a flood of headers', `${OK}${'x-y: z\r\n'.repeat(50_000)}content-length: 2\r\n\r\n[]`],
  [
    'content-length beside transfer-encoding',
    `${OK}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\n\r\n`,
  ],
  ['two lengths that differ', `${OK}content-length: 2\r\ncontent-length: 3\r\n\r\n[]`],
  ['a length that is no number', `${OK}content-length: two\r\n\r\n[]`],
  ['a negative length', `${OK}content-length: -1\r\n\r\n[]`],
  ['a chunk whose size is no number', `${OK}transfer-encoding: chunked\r\n\r\nzz\r\n[]\r\n0\r\n\r\n`],
  ['a header without a colon', `${OK}what is this\r\ncontent-length: 2\r\n\r\n[]`],
  ['a header with a NUL', `${OK}x: a\0b\r\ncontent-length: 2\r\n\r\n[]`],
  ['a status that is no number', 'HTTP/1.1 abc OK\r\ncontent-length: 2\r\n\r\n[]'],
  ['another version of HTTP', 'HTTP/7.3 200 OK\r\ncontent-length: 2\r\n\r\n[]'],
  ['an SMTP greeting', '220 mail.example ESMTP\r\n'],
  ['a 100 that nobody asked for, and then nothing', 'HTTP/1.1 100 Continue\r\n\r\n'],
  ['a 101 that nobody asked for', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'],
])('%s: one attempt, in doubt, and the next call is not hurt', async (_, text) => {
  await using server = await startRawServer(bytes(text, { end: true }));
  await using rig = await openRig(server.url);
  expect(await failureOf(start(rig))).toMatchObject({
    code: 'AMBIGUOUS_REQUEST',
    mayHaveBeenProcessed: true,
    attempts: 1,
    cause: { code: expect.stringMatching(/^(PROTOCOL_ERROR|CONNECTION_RESET)$/) as unknown },
  });
  expect([server.received.length, server.applied, rig.sleeps]).toEqual([1, 1, []]);
  server.behave(answer(200, '[]'));
  expect(await read(rig)).toEqual([]);
  expect(server.accepted).toBe(2);
});

test.each([
  ['half a status line', 'HTTP/1.1 2'],
  ['half of the headers', `${OK}content-le`],
  ['no body where one was announced', `${OK}content-length: 100\r\n\r\n{"a`],
  ['half of a chunk', `${OK}transfer-encoding: chunked\r\n\r\n10\r\n{"a`],
  ['chunks without the last one', `${OK}transfer-encoding: chunked\r\n\r\n2\r\n[]\r\n`],
])('%s: a start is in doubt, a read is repeated', async (_, text) => {
  await using server = await startRawServer(bytes(text, { end: true }));
  await using rig = await openRig(server.url);
  expect(await failureOf(start(rig))).toMatchObject({
    code: 'AMBIGUOUS_REQUEST',
    attempts: 1,
    cause: { code: expect.stringMatching(/^(CONNECTION_RESET|RESPONSE_TRUNCATED)$/) as unknown },
  });
  expect([server.received.length, server.applied]).toEqual([1, 1]);
  server.behave(bytes(text, { end: true }), answer(200, '[]'));
  expect(await read(rig)).toEqual([]);
  expect(server.received).toHaveLength(3);
});

test.each([
  ['more than content-length says', `${OK}content-length: 2\r\n\r\n[][1,2,3]`],
  ['an answer too many', `${OK}content-length: 2\r\n\r\n[]${OK}content-length: 3\r\n\r\n[1]`],
  ['a body on a 204', 'HTTP/1.1 204 No Content\r\ncontent-length: 3\r\n\r\n[1]'],
])('%s: what does not belong to the answer is not taken for the next one', async (_, text) => {
  await using server = await startRawServer(bytes(text));
  await using rig = await openRig(server.url);
  await read(rig).catch(() => undefined);
  expect(server.received).toHaveLength(1);
  server.behave(answer(200, '[{"name":"mine"}]'));
  expect(await read(rig)).toEqual([{ name: 'mine' }]);
  expect(server.received).toHaveLength(2);
});

test('a status 103 before the answer is passed over', async () => {
  await using server = await startRawServer(
    bytes(`HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n${OK}content-length: 2\r\n\r\n[]`),
  );
  await using rig = await openRig(server.url);
  expect(await read(rig)).toEqual([]);
});

test('a server that does not read a large upload: the attempt ends in time, and memory stays flat', async () => {
  await using server = await startRawServer(answer(200), {
    onConnection: (socket) => socket.pause() !== undefined,
  });
  await using rig = await openRig(server.url);
  const body = { name: 'w', input: { text: 'x'.repeat(8_000_000) } };
  const growth = await peakGrowth(async () => {
    const error = await failureOf(rig.client.workflow.start({ body }, { timeoutMs: 1_500 }));
    expect(error).toMatchObject({ code: 'ATTEMPT_TIMEOUT', mayHaveBeenProcessed: true, attempts: 1 });
    expect(JSON.stringify(error)).not.toContain('xxxx');
  });
  // Some copies of what is sent, and what a busy process leaves to its collector.
  expect(growth).toBeLessThan(100 * 1_048_576);
  expect([server.received.length, server.applied]).toEqual([0, 0]);
  await expect.poll(() => rig.client.stats().transport.origins[0]?.inFlight ?? 0).toBe(0);
});

test('a server that answers before the upload is over is heard', async () => {
  await using server = await startRawServer(answer(200), {
    onConnection: (socket) => {
      socket.once('data', () => {
        socket.pause();
        socket.write('HTTP/1.1 413 Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
      });
      return true;
    },
  });
  await using rig = await openRig(server.url);
  const body = { name: 'w', input: { text: 'x'.repeat(8_000_000) } };
  expect(await failureOf(rig.client.workflow.start({ body }, { timeoutMs: 3_000 }))).toMatchObject({
    code: 'PAYLOAD_TOO_LARGE',
    status: 413,
    attempts: 1,
  });
});

test.each([
  ['a 204', 'HTTP/1.1 204 No Content\r\n\r\n', 'EMPTY_ANSWER'],
  ['200 and nothing', `${OK}content-length: 0\r\n\r\n`, 'EMPTY_ANSWER'],
  [
    'HTML',
    'HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 27\r\n\r\n<!doctype html><h1>Hi</h1>\n',
    'PARSE_FAILED',
  ],
  ['invalid UTF-8 in place of JSON', `${OK}content-length: 2\r\n\r\n\xC3\x28`, 'PARSE_FAILED'],
  ['JSON that ends too early', `${OK}content-length: 4\r\n\r\n[{"a`, 'PARSE_FAILED'],
])('%s where data was to come: a typed error, one attempt, little of the answer', async (_, text, code) => {
  await using server = await startRawServer(applied((socket) => void socket.write(Buffer.from(text, 'latin1'))));
  await using rig = await openRig(server.url);
  const error = await failureOf(rig.client.workflow.get({ workflowId: 'w' }));
  expect(error).toMatchObject({ name: 'ParseError', code, attempts: 1, operation: 'workflow.get' });
  expect([server.received.length, rig.sleeps]).toEqual([1, []]);
  expect(JSON.stringify(error).length).toBeLessThan(1_500);
});

test('a byte order mark before the JSON is passed over, and text is text', async () => {
  await using server = await startRawServer(bytes(`${OK}content-length: 5\r\n\r\n\xEF\xBB\xBF[]`));
  await using rig = await openRig(server.url);
  server.behave(
    applied((socket) => void socket.write(Buffer.from(`${OK}content-length: 5\r\n\r\n\xEF\xBB\xBF[]`, 'latin1'))),
  );
  expect(await read(rig)).toEqual([]);
  server.behave(answer(200, 'the-id', { 'content-type': 'text/plain' }));
  expect(await start(rig)).toBe('the-id');
});

test('JSON with __proto__ changes no prototype, and JSON that nests 100,000 deep is data or an error', async () => {
  await using server = await startRawServer(
    answer(200, '[{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}]'),
  );
  await using rig = await openRig(server.url);
  await read(rig);
  server.behave(
    answer(400, '{"__proto__":{"polluted":1},"message":"m","validationErrors":[{"__proto__":{"polluted":1}}]}'),
  );
  await failureOf(read(rig));
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  server.behave(answer(200, '['.repeat(100_000) + ']'.repeat(100_000)));
  await read(rig).catch((error: unknown) => expect(error).toMatchObject({ code: 'PARSE_FAILED' }));
  server.behave(answer(400, '['.repeat(100_000) + ']'.repeat(100_000)));
  expect(await failureOf(read(rig))).toMatchObject({ status: 400 });
});

test('half of a JSON answer that the end of the connection delimits is an error, never data, and nothing is sent again', async () => {
  const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n';
  await using server = await startRawServer(bytes(`${head}{"workflowId":`, { end: true }));
  await using rig = await openRig(server.url);
  const calls = [
    () => rig.client.workflow.execute({ name: 'w', version: 1, body: { name: 'w' } }),
    () => rig.client.workflow.get({ workflowId: 'w' }),
  ];
  for (const call of calls) {
    expect(await failureOf(call())).toMatchObject({ name: 'ParseError', code: 'PARSE_FAILED', attempts: 1 });
  }
  expect([server.received.length, server.applied, rig.sleeps]).toEqual([2, 2, []]);
});
