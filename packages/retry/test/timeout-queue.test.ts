import { AsyncLocalStorage } from 'node:async_hooks';
import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { wrapFetchWithRetry } from '@conductor-ts/retry';
import type { Fetch } from '@conductor-ts/retry';
import { afterEach, expect, test, vi } from 'vitest';
import { type Timed, TimeoutQueue, TimeoutQueues } from '../src/timeout-queue.ts';

afterEach(() => void vi.useRealTimers());

const LIMIT_MS = 60;
const noop = (): void => undefined;

/** Notes in `expired` that its time is over. */
class Entry implements Timed {
  dueMs = 0;
  ahead: Timed | undefined;
  behind: Timed | undefined;
  readonly name: string;
  readonly #expired: string[];
  readonly #then: () => void;

  constructor(name: string, expired: string[], then: () => void = noop) {
    this.name = name;
    this.#expired = expired;
    this.#then = then;
  }

  expire({ code, timeoutMs }: { code: string; timeoutMs: number }): void {
    const isEarly = performance.now() < this.dueMs - 2;
    const isRight = code === 'ATTEMPT_TIMEOUT' && timeoutMs === LIMIT_MS;
    this.#expired.push(isEarly || !isRight ? `${this.name}: wrong` : this.name);
    this.#then();
  }
}

const queueOf = (): TimeoutQueue => new TimeoutQueue(LIMIT_MS, noop);

function add(queue: TimeoutQueue, ...entries: Entry[]): void {
  for (const entry of entries) queue.add(entry);
}

test.each([
  ['nobody', [], 'abcd'],
  ['the first', ['a'], 'bcd'],
  ['one in the middle', ['b'], 'acd'],
  ['the last', ['d'], 'abc'],
  ['all but one', ['a', 'b', 'd'], 'c'],
])('each expires when its own time is over, where %s leaves', async (_who, leaving, expected) => {
  const expired: string[] = [];
  const queue = queueOf();
  const entries = ['a', 'b', 'c', 'd'].map((name) => new Entry(name, expired));
  add(queue, ...entries);
  for (const entry of entries) if (leaving.includes(entry.name)) queue.remove(entry);
  await expect.poll(() => expired.join('')).toBe(expected);
  await sleep(LIMIT_MS);
  expect(expired.join('')).toBe(expected);
});

test('who leaves keeps no neighbour, and may come again', async () => {
  const expired: string[] = [];
  const queue = queueOf();
  const [a, b, c] = [new Entry('a', expired), new Entry('b', expired), new Entry('c', expired)];
  add(queue, a, b, c);
  queue.remove(b);
  expect([b.ahead, b.behind, a.behind, c.ahead]).toEqual([undefined, undefined, c, a]);
  add(queue, b);
  await expect.poll(() => expired).toEqual(['a', 'c', 'b']);
});

test('one who comes while another one expires takes nobody anything of his time', async () => {
  const expired: string[] = [];
  const queue = queueOf();
  const late = new Entry('late', expired);
  const first = new Entry('first', expired, () => queue.add(late));
  add(queue, first, new Entry('second', expired));
  await expect.poll(() => expired.length).toBeGreaterThanOrEqual(2);
  queue.add(new Entry('after', expired));
  await expect.poll(() => expired).toEqual(['first', 'second', 'late', 'after']);
});

test('one timer serves all, and holds the process while somebody waits', async () => {
  const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  const queue = queueOf();
  const [a, b] = [new Entry('a', []), new Entry('b', [])];
  // Without a pause in between: nobody else's timers come or go.
  const others = timers();
  const counts = [() => queue.add(a), () => queue.add(b), () => queue.remove(a), () => queue.remove(b)].map((step) => {
    step();
    return timers() - others;
  });
  queue.add(a);
  counts.push(timers() - others);
  expect(counts).toEqual([1, 1, 1, 0, 1]);
  queue.remove(a);
  await sleep(LIMIT_MS);
});

test('those with the same time share a queue until nobody has used it for that time', async () => {
  const queues = new TimeoutQueues();
  const queue = queues.of(20) as TimeoutQueue;
  expect(queues.of(20)).toBe(queue);
  expect(queues.of(21)).not.toBe(queue);
  const entry = new Entry('a', []);
  queue.add(entry);
  queue.remove(entry);
  await expect.poll(() => queues.of(20) === queue).toBe(false);
});

test('with many different times there are no queues any more, and the times still run out', async () => {
  const queues = new TimeoutQueues();
  expect(Array.from({ length: 20 }, (_, index) => queues.of(index + 1) !== undefined).filter(Boolean)).toHaveLength(16);
  const retrying = wrapFetchWithRetry(silent);
  const calls = Array.from({ length: 20 }, (_, index) =>
    retrying('http://a.example/', { call: { operation: 'any', replay: 'safe', timeoutMs: index + 1 } }),
  );
  for (const [index, call] of calls.entries())
    await expect(call).rejects.toMatchObject({ code: 'ATTEMPT_TIMEOUT', timeoutMs: index + 1 });
});

const silent: Fetch = () => new Promise(() => undefined);
const ok: Fetch = async () => new Response('{}');

/** Answers the first call, and no other. */
function answersOnce(): Fetch {
  const fetch = vi.fn<Fetch>(silent);
  return fetch.mockImplementationOnce(ok);
}

test.each([
  ['all that a test can fake', undefined],
  ['timers without a clock', { toFake: ['setTimeout', 'clearTimeout'] } as const],
])('under fake timers (%s) each call has its own, also after a call with real ones', async (_what, fakes) => {
  const retrying = wrapFetchWithRetry(answersOnce());
  await retrying('http://a.example/');
  vi.useFakeTimers(fakes && { toFake: [...fakes.toFake] });
  const settled = vi.fn();
  for (let call = 0; call < 2; call += 1) void retrying('http://a.example/').catch(settled);
  await vi.advanceTimersByTimeAsync(59_999);
  expect(settled).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(settled).toHaveBeenCalledTimes(2);
  expect(vi.getTimerCount()).toBe(0);
});

test('a call whose time runs when fake timers come, or that is left behind by them, changes nothing for others', async () => {
  const retrying = wrapFetchWithRetry(silent, { requestTimeoutMs: 400 });
  const settled: string[] = [];
  const call = (name: string): Promise<unknown> => retrying('http://a.example/').catch(() => settled.push(name));
  const real = call('real');
  vi.useFakeTimers();
  const fake = call('fake');
  await vi.advanceTimersByTimeAsync(400);
  await fake;
  expect(settled).toEqual(['fake']);
  // In real time, although the fake ones are still there.
  await real;
  void call('left behind');
  vi.useRealTimers();
  await call('later');
  expect(settled).toEqual(['fake', 'real', 'later']);
});

test('a time that runs out is heard of in the store of no other call', async () => {
  const store = new AsyncLocalStorage<string>();
  const heard: unknown[] = [];
  const listening: Fetch = (_input, init) =>
    new Promise(() => init?.signal?.addEventListener('abort', () => heard.push(store.getStore())));
  const retrying = wrapFetchWithRetry(listening, { requestTimeoutMs: 20 });
  await Promise.all(['x', 'y'].map((name) => store.run(name, () => retrying('http://a.example/').catch(noop))));
  expect(heard).toEqual([undefined, undefined]);
});

const entry = new URL('../src/index.ts', import.meta.url).href;
const queueEntry = new URL('../src/timeout-queue.ts', import.meta.url).href;

/** What it prints; it must end by itself. */
async function program(text: string): Promise<string> {
  const run = promisify(execFile);
  return (await run(process.execPath, ['--input-type=module', '--eval', text], { timeout: 20_000 })).stdout;
}

test('a call holds the process as long as its time runs, and no longer', { timeout: 30_000 }, async () => {
  const printed = await program(`
    import { wrapFetchWithRetry } from ${JSON.stringify(entry)};
    let answers = true;
    const slow = () => new Promise((resolve) => setImmediate(() => resolve(new Response('{}'))));
    const retrying = wrapFetchWithRetry(() => (answers ? slow() : new Promise(() => {})));
    // Their timer stays, and must hold nothing; also where the platform's is wrapped meanwhile.
    const underWay = retrying('http://a.example/');
    const { setTimeout } = globalThis;
    globalThis.setTimeout = (...args) => setTimeout(...args);
    await Promise.all([underWay, retrying('http://a.example/')]);
    globalThis.setTimeout = setTimeout;
    const short = { call: { operation: 'any', replay: 'safe', timeoutMs: 300 } };
    await retrying('http://a.example/', short);
    answers = false;
    // And must hold the process again.
    await retrying('http://a.example/', short).catch((error) => console.log(error.code));`);
  expect(printed).toBe('ATTEMPT_TIMEOUT\n');
});

test('what an expiry throws takes the others nothing of their time', { timeout: 30_000 }, async () => {
  const printed = await program(`
    import { TimeoutQueue } from ${JSON.stringify(queueEntry)};
    process.on('uncaughtException', (error) => console.log(error.message));
    const queue = new TimeoutQueue(50, () => console.log('unused'));
    queue.add({ expire() { throw new Error('of a foreign signal'); } });
    queue.add({ expire() { console.log('second'); } });`);
  expect(printed).toBe('of a foreign signal\nsecond\nunused\n');
});
