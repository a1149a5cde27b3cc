import { type Call, wrapFetchWithRetry } from '@conductor-ts/retry';
import { expect, test } from 'vitest';
import { fakeTime } from './fake-time.ts';
import { refused, reset, scriptedFetch, type Step } from './scripted-fetch.ts';

const URL_A = 'http://a.test/x';
const poll: Call = { operation: 'task.poll', replay: 'unsafe' };

test('ten minutes without a server under ten polls a second: at most a line a second, with beginning, summaries and end', async () => {
  const time = fakeTime();
  const startMs = time.now();
  const lines: { atMs: number; text: string }[] = [];
  const line = (message: string): void => void lines.push({ atMs: time.now() - startMs, text: message });
  const logger = { debug: () => undefined, info: line, warn: line };
  let isUp = false;
  const server: Step = () => {
    if (isUp) return new Response('[]');
    throw refused();
  };
  const polling = wrapFetchWithRetry(scriptedFetch(server), { ...time, sleep: async () => undefined, logger });
  for (let count = 0; count < 6_150; count += 1) {
    isUp = count >= 6_000;
    await polling(URL_A, { call: { ...poll } }).catch(() => undefined);
    time.advance(100);
  }
  // The first failure and the end of the retries belong to one moment, and so do the two recoveries.
  const lastSecond = Math.floor((lines.at(-1)?.atMs ?? 0) / 1_000);
  const seconds = lines
    .map(({ atMs }) => Math.floor(atMs / 1_000))
    .filter((second) => second > 0 && second < lastSecond);
  expect(new Set(seconds).size).toBe(seconds.length);
  const texts = lines.map(({ text }) => text);
  expect(texts.filter((text) => text.startsWith('The server cannot be reached'))).toHaveLength(1);
  expect(texts.filter((text) => text === 'Calls still fail')).toHaveLength(9);
  expect(texts.filter((text) => text.startsWith('Retry budget'))).toHaveLength(2);
  expect(texts.at(-1)).toBe('Calls succeed again');
  expect(texts).toHaveLength(13);
});

test('a lost answer after which the call succeeds is no outage', async () => {
  const { logger, lines } = quiet();
  await wrapFetchWithRetry(scriptedFetch(reset(), new Response()), { ...fakeTime(), logger })(URL_A);
  expect(lines).toEqual([]);
});

test('a server that cannot be reached is told of at the first attempt, not after the last, and once for all calls', async () => {
  const { logger, lines } = quiet();
  const told: number[] = [];
  const time = fakeTime();
  const sleep = async (): Promise<void> => void told.push(lines.length);
  const calling = wrapFetchWithRetry(scriptedFetch(refused()), { ...time, sleep, logger, maxTransportRetries: 2 });
  for (let call = 0; call < 3; call += 1) await calling(URL_A).catch(() => undefined);
  expect(told).toEqual([1, 1, 1, 1, 1, 1]);
  expect(lines).toEqual([
    { level: 'warn', message: expect.stringMatching(/^The server cannot be reached/) as unknown },
  ]);
});

test.each<[string, Step]>([
  ['a lost answer', reset()],
  ['a gateway that answers for its server', new Response('', { status: 502 })],
  ['a call whose time is up', () => new Promise(() => undefined)],
])('%s is told, and so is the recovery', async (_, step) => {
  const { logger, lines } = quiet();
  const time = fakeTime();
  const options = { ...time, logger, requestTimeoutMs: 20 };
  const calling = wrapFetchWithRetry(scriptedFetch(step, new Response()), options);
  await calling(URL_A, { call: { ...poll } }).catch(() => undefined);
  expect(lines).toHaveLength(1);
  time.advance(10_000);
  await calling(URL_A, { call: { ...poll } });
  expect(lines.map(({ level }) => level)).toEqual(['warn', 'info']);
});

test('an abort and a refused request are no outage', async () => {
  const { logger, lines } = quiet();
  const calling = wrapFetchWithRetry(() => new Promise(() => undefined), { ...fakeTime(), logger });
  const controller = new AbortController();
  const call = calling(URL_A, { signal: controller.signal });
  controller.abort(new Error('enough'));
  await expect(call).rejects.toThrow('enough');
  const invalid = Object.assign(new Error('bad url'), { requestSent: false, permanent: true });
  await wrapFetchWithRetry(scriptedFetch(invalid), { ...fakeTime(), logger })(URL_A).catch(() => undefined);
  expect(lines).toEqual([]);
});

test.each(['timeoutMs', 'totalTimeoutMs'] as const)(
  'a call whose %s is no number is refused before anything is sent',
  async (name) => {
    const fetch = scriptedFetch(new Response());
    for (const value of [Number.NaN, -1, Infinity]) {
      const call: Call = { ...poll, [name]: value };
      await expect(wrapFetchWithRetry(fetch)(URL_A, { call })).rejects.toThrow(`call.${name}`);
    }
    expect(fetch.sent).toEqual([]);
  },
);

function quiet(): {
  logger: NonNullable<Parameters<typeof wrapFetchWithRetry>[1]>['logger'];
  lines: { level: string; message: string }[];
} {
  const lines: { level: string; message: string }[] = [];
  const write = (level: string) => (message: string) => void lines.push({ level, message });
  return { logger: { debug: () => undefined, info: write('info'), warn: write('warn') }, lines };
}
