import { ConductorApiError, TransportError } from '@conductor-ts/client';
import { expect, test } from 'vitest';
import { whatNow } from '../src/what-now.ts';

const facts = { operation: 'workflow.start', method: 'POST', pathTemplate: '/api/workflow', attempts: 1, elapsedMs: 1 };

test.each([
  [400, 'give-up'],
  [404, 'give-up'],
  [429, 'again'],
  [500, 'look'],
  [502, 'look'],
  [504, 'look'],
])('after status %s: %s', (status, todo) => {
  expect(whatNow(new ConductorApiError({ status }, facts))).toBe(todo);
});

test.each([
  [new TransportError('CONNECT_REFUSED', { requestSent: false }), 'again'],
  [new TransportError('CONNECTION_RESET', { requestSent: 'unknown' }), 'look'],
  [new TypeError('a mistake of ours'), 'give-up'],
])('after %s: %s', (error, todo) => {
  expect(whatNow(error)).toBe(todo);
});
