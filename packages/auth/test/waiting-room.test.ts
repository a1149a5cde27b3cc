import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { sleep } from '../src/sleep.ts';
import { createWaitingRoom } from '../src/waiting-room.ts';

test('one abort wakes nobody else', async () => {
  const room = createWaitingRoom();
  const controller = new AbortController();
  const leaving = room.wait(10_000, controller.signal);
  const staying = room.wait(10_000, undefined);
  const reason = new Error('enough');
  controller.abort(reason);
  await expect(leaving).rejects.toBe(reason);
  room.wakeAll();
  expect(await staying).toBe(true);
});

test('nobody waits longer than asked', async () => {
  expect(await createWaitingRoom().wait(1, undefined)).toBe(false);
});

test('a wait leaves no listener behind, however it ends', async () => {
  const room = createWaitingRoom();
  const { signal } = new AbortController();
  const woken = room.wait(10_000, signal);
  room.wakeAll();
  await woken;
  await room.wait(1, signal);
  await sleep(1, signal);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
  expect(room.isEmpty()).toBe(true);
});

test('a sleep ends with the reason of its signal, also when it was aborted before', async () => {
  const controller = new AbortController();
  const sleeping = sleep(10_000, controller.signal);
  const reason = new Error('enough');
  controller.abort(reason);
  await expect(sleeping).rejects.toBe(reason);
  await expect(sleep(10_000, controller.signal)).rejects.toBe(reason);
});

test('whoever gave up before the wait does not wait', async () => {
  const reason = new Error('enough');
  const room = createWaitingRoom();
  await expect(room.wait(10_000, AbortSignal.abort(reason))).rejects.toBe(reason);
  expect(room.isEmpty()).toBe(true);
});
