import { afterEach, expect } from 'vitest';
import { leaks } from './secrets.ts';

afterEach(() => {
  expect(leaks(), 'secrets in errors and log lines').toEqual([]);
});
