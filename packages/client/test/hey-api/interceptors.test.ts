import { expect, test } from 'vitest';
import { Interceptors } from '../../src/hey-api/interceptors.ts';

test('interceptors run in the order in which they were added, and ids stay when others leave', () => {
  const list = new Interceptors<string>();
  const a = list.use('a');
  const b = list.use('b');
  list.use('c');
  list.eject(a);
  expect(list.active).toEqual(['b', 'c']);
  expect(list.update(b, 'B')).toBe(b);
  expect(list.active).toEqual(['B', 'c']);
  expect([list.exists(a), list.exists('B'), list.exists('b')]).toEqual([false, true, false]);
});

test('one can be named by itself, and what is not there is no trouble', () => {
  const list = new Interceptors<() => void>();
  const own = (): void => undefined;
  list.use(own);
  list.eject(() => undefined);
  expect(list.active).toHaveLength(1);
  list.eject(own);
  expect(list.active).toHaveLength(0);
  expect(list.update(7, own)).toBe(false);
});

test('all leave at once', () => {
  const list = new Interceptors<string>();
  list.use('a');
  list.clear();
  expect(list.active).toEqual([]);
});
