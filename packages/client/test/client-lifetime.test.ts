import { getEventListeners } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ClientLifetime } from '../src/client-lifetime.ts';
import { ClientClosedError } from '../src/errors/client-closed-error.ts';

const free = (): Promise<void> => Promise.resolve();

test('draining waits for the last call', async () => {
  const lifetime = new ClientLifetime();
  const flights = [lifetime.begin('a', undefined), lifetime.begin('b', undefined)];
  const order: string[] = [];
  const drained = lifetime.close(60_000, free).then(() => order.push('drained'));
  for (const flight of flights) {
    await Promise.resolve();
    order.push('end');
    flight.end();
  }
  await drained;
  expect(order).toEqual(['end', 'end', 'drained']);
  expect(lifetime.inFlight).toBe(0);
});

test('a signal that cannot be listened to lets no call in, and none is counted', () => {
  const lifetime = new ClientLifetime();
  const odd = {
    aborted: false,
    addEventListener() {
      throw new Error('odd');
    },
  };
  expect(() => lifetime.begin('a', odd as unknown as AbortSignal)).toThrow('odd');
  expect(lifetime.inFlight).toBe(0);
});

test('what is sent within a call goes on while the client drains, does not keep it from its end, and ends with it', async () => {
  const lifetime = new ClientLifetime();
  const own = new AbortController();
  const call = lifetime.begin('around', undefined);
  const closing = lifetime.close(60_000, free);
  const flights = [lifetime.within.begin('a', undefined), lifetime.within.begin('b', own.signal)];
  expect(lifetime.inFlight).toBe(1);
  expect(lifetime.within.mayTell(undefined)).toBeUndefined();
  call.end();
  await closing;
  expect(flights.every(({ signal }) => lifetime.within.ended(signal?.reason))).toBe(true);
  expect(() => lifetime.within.begin('c', undefined)).toThrow(ClientClosedError);
  for (const { end } of flights) end();
  expect(getEventListeners(own.signal, 'abort')).toEqual([]);
});

test('after draining has begun no call is let in, and whoever listens for it is told', () => {
  const lifetime = new ClientLifetime();
  expect(lifetime.closing.aborted).toBe(false);
  void lifetime.close(0, free);
  expect(lifetime.closing.aborted).toBe(true);
  expect(() => lifetime.begin('a', undefined)).toThrow(ClientClosedError);
});

test('at the limit every call in flight is told, with and without a signal of its own', async () => {
  const lifetime = new ClientLifetime();
  const own = new AbortController();
  const flights = [lifetime.begin('a', undefined), lifetime.begin('b', own.signal)];
  for (const { signal, end } of flights) signal?.addEventListener('abort', end);
  await lifetime.close(1, free);
  expect(flights.map(({ signal }) => signal?.aborted)).toEqual([true, true]);
  expect(flights.every(({ signal }) => lifetime.ended(signal?.reason))).toBe(true);
  expect(own.signal.aborted).toBe(false);
});

test('a call that hangs in code of the user does not keep closing from its end', async () => {
  const lifetime = new ClientLifetime();
  lifetime.begin('never ends', undefined);
  await expect(lifetime.close(1, free)).resolves.toBeUndefined();
});

test("a call under a signal of its own ends with that signal's reason, and leaves no listener behind", () => {
  const lifetime = new ClientLifetime();
  const own = new AbortController();
  const flight = lifetime.begin('a', own.signal);
  own.abort('mine');
  expect(flight.signal?.reason).toBe('mine');
  expect(lifetime.ended('mine')).toBe(false);
  flight.end();
  expect(getEventListeners(own.signal, 'abort')).toHaveLength(0);
});

test('however many calls run under one signal, it has one listener, until the last of them is over', () => {
  const lifetime = new ClientLifetime();
  const own = new AbortController();
  const flights = Array.from({ length: 100 }, () => lifetime.begin('a', own.signal));
  expect(getEventListeners(own.signal, 'abort')).toHaveLength(1);
  for (const flight of flights.slice(1)) flight.end();
  expect(getEventListeners(own.signal, 'abort')).toHaveLength(1);
  flights[0]?.end();
  expect(getEventListeners(own.signal, 'abort')).toHaveLength(0);
});

test('a call under the signal of an earlier one that is over hears of its abort', () => {
  const lifetime = new ClientLifetime();
  const own = new AbortController();
  lifetime.begin('a', own.signal).end();
  const { signal } = lifetime.begin('b', own.signal);
  own.abort('mine');
  expect(signal?.reason).toBe('mine');
});

test('a signal that is aborted already is used as it is', () => {
  const own = AbortSignal.abort('before');
  expect(new ClientLifetime().begin('a', own).signal).toBe(own);
});

test('the end of the closing can be awaited while it goes on, and comes after all is freed', async () => {
  const lifetime = new ClientLifetime();
  expect(lifetime.mayTell(undefined)).toBeUndefined();
  const order: string[] = [];
  const closing = lifetime.close(0, async () => {
    await Promise.resolve();
    order.push('freed');
  });
  const told = lifetime.mayTell(undefined)?.then(() => order.push('over'));
  await closing;
  await told;
  expect(order).toEqual(['freed', 'over']);
  await lifetime.mayTell(undefined);
});

test('who has aborted a call is told soon while the client closes: at its end, or sooner where that takes long', async () => {
  const lifetime = new ClientLifetime();
  const aborted = AbortSignal.abort();
  expect(lifetime.mayTell(aborted)).toBeUndefined();
  let freed = (): void => undefined;
  const freeing = new Promise<void>((resolve) => (freed = resolve));
  const closing = lifetime.close(0, () => freeing);
  await lifetime.mayTell(aborted);
  const late = new AbortController();
  const toldLate = lifetime.mayTell(late.signal);
  const told = lifetime.mayTell(new AbortController().signal)?.then(() => 'told');
  late.abort();
  await toldLate;
  expect(getEventListeners(late.signal, 'abort')).toEqual([]);
  expect(await Promise.race([told, nextTurn('closing')])).toBe('closing');
  freed();
  await closing;
  expect(await told).toBe('told');
});
