import { brotliCompressSync, constants, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { peakGrowth } from '../../src/peak-memory.ts';
import { answer, applied, type Behaviour, startRawServer } from '../../src/raw-server.ts';
import { failureOf, openRig, read, type Rig, start } from '../../src/rig.ts';

const MEBIBYTE = 1_048_576;
const LIMIT_BYTES = MEBIBYTE;
/** Far more than the limit, with all that a busy process leaves to its collector; far less than what the bombs hold. */
const BOUND_BYTES = 160 * MEBIBYTE;
const bounded = (url: string): Promise<Rig> =>
  openRig(url, { transport: { http2: 'off', maxResponseBytes: LIMIT_BYTES } });

/** A gibibyte of zeros in a mebibyte: sixty-four members behind each other, as both formats allow. */
const zeros = Buffer.alloc(16 * MEBIBYTE);
const repeated = (member: Buffer): Buffer => Buffer.concat(Array.from({ length: 64 }, () => member));
const gzipBomb = repeated(gzipSync(zeros));
const bombs: [encoding: string, body: Buffer][] = [
  ['gzip', gzipBomb],
  ['zstd', repeated(zstdCompressSync(zeros))],
  ['deflate', deflateSync(Buffer.alloc(256 * MEBIBYTE))],
  ['br', brotliCompressSync(Buffer.alloc(256 * MEBIBYTE), { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
  ['gzip, gzip', gzipSync(gzipBomb)],
];

const packed =
  (status: number, encoding: string, body: Buffer): Behaviour =>
  (socket) => {
    const type = `content-type: application/json\r\ncontent-encoding: ${encoding}\r\n`;
    socket.write(`HTTP/1.1 ${status} X\r\n${type}content-length: ${body.length}\r\n\r\n`);
    socket.write(body);
  };

test.each(bombs)(
  'a bomb of %s is unpacked up to the limit and no further, whatever its status',
  async (encoding, body) => {
    expect(body.length).toBeLessThan(2 * MEBIBYTE);
    await using server = await startRawServer(applied(packed(200, encoding, body)));
    await using rig = await bounded(server.url);
    const growth = await peakGrowth(async () => {
      expect(await failureOf(read(rig))).toMatchObject({ code: 'RESPONSE_TOO_LARGE', attempts: 1 });
      expect(await failureOf(start(rig))).toMatchObject({
        code: 'AMBIGUOUS_REQUEST',
        attempts: 1,
        cause: { code: 'RESPONSE_TOO_LARGE' },
      });
      for (const status of [400, 401, 429, 503]) {
        server.behave(packed(status, encoding, body));
        expect(await failureOf(start(rig))).toMatchObject({ status });
      }
    });
    expect(growth).toBeLessThan(BOUND_BYTES);
    server.behave(answer(200, '[]'));
    expect(await read(rig)).toEqual([]);
  },
);

test.each(bombs)(
  'a token endpoint that answers with a bomb of %s: an error of the token, little read',
  async (encoding, body) => {
    await using server = await startRawServer(packed(200, encoding, body));
    const growth = await peakGrowth(async () => {
      expect(await failureOf(openRig(server.url, { keyed: true }))).toMatchObject({ code: 'AUTH_ANSWER_INVALID' });
    });
    expect(growth).toBeLessThan(BOUND_BYTES);
  },
);

test('more layers of encoding than anybody needs are not undone', async () => {
  const layers = Array.from({ length: 8 }, () => 'gzip').join(', ');
  await using server = await startRawServer(packed(200, layers, gzipBomb));
  await using rig = await openRig(server.url);
  expect(await failureOf(read(rig))).toMatchObject({ code: 'PARSE_FAILED', attempts: 1 });
});

test.each([
  ['a million brackets', '['.repeat(1_000_000)],
  ['objects in each other', '{"a":'.repeat(200_000)],
  ['objects in each other, all closed', `${'{"message":'.repeat(200_000)}1${'}'.repeat(200_000)}`],
  ['a number of a million digits', `[${'9'.repeat(1_000_000)}]`],
  ['a text of ten million characters', JSON.stringify({ message: 'm'.repeat(10_000_000) })],
  [
    'a hundred thousand problems',
    JSON.stringify({
      message: 'm',
      validationErrors: Array.from({ length: 100_000 }, () => ({ path: 'p', message: 'm' })),
    }),
  ],
])('%s in place of data or of an error: data or a typed error, which stays small', async (_, body) => {
  await using server = await startRawServer(answer(200, body));
  await using rig = await openRig(server.url);
  await read(rig).catch((error: unknown) => expect(error).toMatchObject({ code: 'PARSE_FAILED', attempts: 1 }));
  for (const status of [400, 403, 500]) {
    server.behave(answer(status, body));
    const error = await failureOf(start(rig));
    expect(error).toMatchObject({ status, attempts: 1 });
    expect(JSON.stringify(error).length).toBeLessThan(8_192);
  }
});

/** Writes the piece again and again, as fast as it is read, until the connection is closed. */
const flood =
  (head: string, piece: string): Behaviour =>
  (socket) => {
    socket.write(head);
    const some = piece.repeat(Math.ceil(8_192 / piece.length));
    const pump = (): void => {
      if (socket.destroyed) return;
      if (socket.write(some)) setImmediate(pump);
      else socket.once('drain', pump);
    };
    pump();
  };

const CHUNKED = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n';
test.each([
  ['headers', 'HTTP/1.1 200 OK\r\n', 'x-n: y\r\n'],
  ['a header', 'HTTP/1.1 200 OK\r\nx-n: ', 'yyyyyyyy'],
  ['a reason', 'HTTP/1.1 200 ', 'OK'],
  ['early hints', '', 'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n'],
  ['invitations to go on', '', 'HTTP/1.1 100 Continue\r\n\r\n'],
  ['an extension of a chunk', `${CHUNKED}1;`, 'x=yyyyyyy'],
  ['chunks of a byte', CHUNKED, '1\r\n \r\n'],
  ['trailers', `${CHUNKED}2\r\n[]\r\n0\r\n`, 'x-n: y\r\n'],
  ['zeros in front of a size', CHUNKED, '0'],
])('%s without end: the call ends, with an error of its own, and memory stays flat', async (_, head, piece) => {
  await using server = await startRawServer(applied(flood(head, piece)));
  await using rig = await bounded(server.url);
  const growth = await peakGrowth(async () => {
    const error = await failureOf(start(rig, { timeoutMs: 1_000 }));
    expect(['AMBIGUOUS_REQUEST', 'ATTEMPT_TIMEOUT']).toContain(error['code']);
    expect(error).toMatchObject({ mayHaveBeenProcessed: true, attempts: 1 });
  });
  expect(growth).toBeLessThan(BOUND_BYTES);
  expect(server.received).toHaveLength(1);
  server.behave(answer(200, '[]'));
  expect(await read(rig)).toEqual([]);
});

test('a head that comes a byte at a time does not outlive the attempt', async () => {
  await using server = await startRawServer((socket) => {
    const bytes = `HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(1_000)}`.split('');
    const timer = setInterval(() => (socket.destroyed ? clearInterval(timer) : socket.write(bytes.shift() ?? ' ')), 5);
  });
  await using rig = await openRig(server.url);
  expect(await failureOf(start(rig, { timeoutMs: 100 }))).toMatchObject({ code: 'ATTEMPT_TIMEOUT', attempts: 1 });
});

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'retry-after', 'content-length-'])(
  'a header called %s is a header, and no more',
  async (name) => {
    await using server = await startRawServer(answer(200, '[]', { [name]: 'x' }));
    await using rig = await openRig(server.url);
    expect(await read(rig)).toEqual([]);
    server.behave(answer(400, '{"message":"m"}', { [name]: 'x' }));
    expect(await failureOf(read(rig))).toMatchObject({ status: 400, serverMessage: 'm' });
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  },
);

test.each([
  'http://169.254.169.254/latest/meta-data/iam',
  'http://[fd00:ec2::254]/latest/meta-data',
  'http://metadata.google.internal/computeMetadata/v1',
  'https://127.0.0.1/',
  'http://127.0.0.1:1/',
  'http://0x7f000001:1/',
  'http://localhost.evil.test/',
  '//169.254.169.254/',
  String.raw`\\169.254.169.254\x`,
  'gopher://169.254.169.254/',
  'javascript:alert(1)',
  'data:application/json,[]',
])('a redirect to %s is not followed, with any status', async (location) => {
  await using server = await startRawServer(answer(200));
  await using rig = await openRig(server.url);
  for (const status of [301, 302, 303, 307, 308]) {
    server.behave(answer(status, '', { location }));
    expect(await failureOf(read(rig))).toMatchObject({ code: 'REDIRECT_REFUSED', attempts: 1 });
    const code = status === 303 ? 'AMBIGUOUS_REQUEST' : 'REDIRECT_REFUSED';
    expect(await failureOf(start(rig))).toMatchObject({ code, attempts: 1 });
  }
  // Nothing but the ten answers that redirect.
  expect(server.received).toHaveLength(10);
  const { origins } = rig.client.stats().transport;
  expect(origins.map(({ origin }) => origin)).toEqual([server.url]);
});

test('a redirect with a password in it is followed to the same host, and the password is nowhere', async () => {
  await using server = await startRawServer(answer(200, '[]'));
  await using rig = await openRig(server.url);
  server.behave(answer(307, '', { location: server.url.replace('//', '//evil:word@') }), answer(200, '[]'));
  expect(await read(rig)).toEqual([]);
  expect(server.received[1]?.headers).not.toHaveProperty('authorization');
});

test('words of a server that would write lines of a log, or move the cursor of a terminal, are made harmless', async () => {
  const message = 'a\r\n2026-11-28 ERROR forged \u001B[2J\u0000\u202E';
  await using server = await startRawServer(
    answer(400, JSON.stringify({ message, validationErrors: [{ path: message, message }] })),
  );
  await using rig = await openRig(server.url);
  const error = await failureOf(start(rig));
  const harmless = 'a 2026-11-28 ERROR forged  [2J ';
  expect(error).toMatchObject({
    status: 400,
    serverMessage: harmless,
    validationErrors: [{ path: harmless, message: harmless }],
  });
  expect(JSON.stringify(error) + String(error)).not.toMatch(/\p{C}/u);
});
