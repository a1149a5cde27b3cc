import { expect, test } from 'vitest';
import { parseCores, pinned } from '../src/cores.ts';

test('ranges and single cores are read as taskset lists them', () => {
  expect(parseCores("pid 7's current affinity list: 0-2,6\n")).toEqual([0, 1, 2, 6]);
});

test('an answer without cores gives none', () => {
  expect(parseCores('taskset: failed')).toEqual([]);
});

test('without a core the command runs as it is', () => {
  expect(pinned(undefined, ['node', 'a.js'])).toEqual(['node', 'a.js']);
  expect(pinned(3, ['node', 'a.js'])).toEqual(['taskset', '-c', '3', 'node', 'a.js']);
});
