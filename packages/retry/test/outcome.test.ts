import { expect, test } from 'vitest';
import { isFailure, type Outcome } from '../src/outcome.ts';

test.each<[Outcome, boolean]>([
  [{ kind: 'unsent' }, true],
  [{ kind: 'ambiguous' }, true],
  [{ kind: 'timeout', sent: true }, true],
  [{ kind: 'permanent', sent: false }, true],
  [{ kind: 'answered', status: 200 }, false],
  [{ kind: 'throttled', status: 429 }, false],
  [{ kind: 'server-error', status: 503 }, false],
  [{ kind: 'token-rejected', status: 401 }, false],
])('%j came without an answer: %s', (outcome, expected) => {
  expect(isFailure(outcome)).toBe(expected);
});
