import { expect, test } from 'vitest';
import { FRAME, type FrameConnection, startFrameServer } from '../../src/frame-server.ts';
import { peakGrowth } from '../../src/peak-memory.ts';
import { failureOf, openRig, start } from '../../src/rig.ts';

const BOUND_BYTES = 160 * 1_048_576;
const MANY = 50_000;
const END_HEADERS = 4;
const [PRIORITY, PUSH_PROMISE, WINDOW_UPDATE, CONTINUATION, UNKNOWN] = [2, 5, 8, 9, 0xef];
/** `:status: 200`. */
const OK = Buffer.from([0x88]);
const EARLY_HINTS = Buffer.from([0x08, 0x03, ...Buffer.from('103')]);
/** A header of 4,000 bytes that goes into the table, and 16,000 references to it. */
const HEADER_BOMB = Buffer.concat([
  OK,
  Buffer.from([0x40, 1, 0x78, 0x7f, 0xa1, 0x1e]),
  Buffer.alloc(4_000, 0x79),
  Buffer.alloc(12_000, 0xbe),
]);

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const many = (send: (n: number) => void): void => {
  for (let n = 0; n < MANY; n += 1) send(n);
};

type Attack = (connection: FrameConnection, streamId: number) => void;
const attacks: [string, Attack][] = [
  ['an answer whose headers unpack to 48 megabytes', (on, id) => on.send(FRAME.headers, END_HEADERS, id, HEADER_BOMB)],
  [
    'headers that are continued without end',
    (on, id) => {
      on.send(FRAME.headers, 0, id, OK);
      many(() => on.send(CONTINUATION, 0, id, Buffer.from([0x00, 1, 0x78, 1, 0x79])));
    },
  ],
  ['a flood of early hints', (on, id) => many(() => on.send(FRAME.headers, END_HEADERS, id, EARLY_HINTS))],
  ['a flood of SETTINGS', (on) => many(() => on.send(FRAME.settings, 0, 0))],
  ['a flood of pings', (on) => many(() => on.send(FRAME.ping, 0, 0, Buffer.alloc(8)))],
  [
    'a flood of empty DATA',
    (on, id) => {
      on.send(FRAME.headers, END_HEADERS, id, OK);
      many(() => on.send(FRAME.data, 0, id));
    },
  ],
  ['a flood of priorities', (on, id) => many(() => on.send(PRIORITY, 0, id, Buffer.alloc(5)))],
  ['a flood of frames that nobody knows', (on) => many(() => on.send(UNKNOWN, 0, 0, Buffer.alloc(100)))],
  ['resets of streams that nobody opened', (on) => many((n) => on.reset(2 * n + 1_001, 8))],
  ['windows that overflow', (on, id) => many(() => on.send(WINDOW_UPDATE, 0, id, uint32(2 ** 31 - 1)))],
  ['a push that was forbidden', (on, id) => on.send(PUSH_PROMISE, END_HEADERS, id, Buffer.concat([uint32(2), OK]))],
  [
    'a setting out of range',
    (on) => on.send(FRAME.settings, 0, 0, Buffer.concat([Buffer.from([0, 4]), uint32(2 ** 32 - 1)])),
  ],
  ['a ping of the wrong size', (on) => on.send(FRAME.ping, 0, 0, Buffer.alloc(7))],
  ['two heads of one answer', (on, id) => [1, 2].forEach(() => on.send(FRAME.headers, END_HEADERS, id, OK))],
  [
    'more body than was announced',
    (on, id) => {
      on.send(FRAME.headers, END_HEADERS, id, Buffer.concat([OK, Buffer.from([0x0f, 0x0d, 1, 0x32])]));
      on.send(FRAME.data, 1, id, Buffer.from('[1,2,3]'));
    },
  ],
];

test.each(attacks)('%s: the call ends, with an error of its own, and the next one gets through', async (_, attack) => {
  let requests = 0;
  await using server = await startFrameServer((connection, streamId) => {
    requests += 1;
    if (requests === 1) attack(connection, streamId);
    else connection.answer(streamId);
  });
  await using rig = await openRig(server.url, {
    transport: { http2: 'prior-knowledge', maxResponseBytes: 1_048_576, pingIntervalMs: 200, pingTimeoutMs: 200 },
  });
  const growth = await peakGrowth(async () => {
    const error = await failureOf(start(rig, { timeoutMs: 2_000 }));
    expect(['AMBIGUOUS_REQUEST', 'ATTEMPT_TIMEOUT']).toContain(error['code']);
    expect(error).toMatchObject({ mayHaveBeenProcessed: true, attempts: 1 });
  });
  expect(growth).toBeLessThan(BOUND_BYTES);
  expect(server.requests).toBe(1);
  await start(rig);
});
