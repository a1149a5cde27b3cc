import { expect, test } from 'vitest';
import { FaultMemory } from '../src/fault-memory.ts';

test('two faults within a minute are too many', () => {
  const memory = new FaultMemory();
  expect(memory.record(0)).toBe(false);
  expect(memory.record(59_999)).toBe(true);
});

test('two faults that are further apart are not', () => {
  const memory = new FaultMemory();
  expect(memory.record(0)).toBe(false);
  expect(memory.record(60_000)).toBe(false);
});

test('HTTP/2 is tried again after ten minutes', () => {
  const memory = new FaultMemory();
  memory.record(0);
  memory.record(1);
  expect(memory.fallbackIsOver(600_000)).toBe(false);
  expect(memory.fallbackIsOver(600_001)).toBe(true);
  expect(memory.fallbackIsOver(600_002)).toBe(false);
});
