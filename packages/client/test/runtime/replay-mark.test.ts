import { expect, test } from 'vitest';
import { workflowTerminateOperation, taskUpdateOperation } from '../../src/generated/operations.gen.ts';
import { replayMark } from '../../src/runtime/replay-mark.ts';

test.each([
  [true, 'unsafe'],
  ['true', 'unsafe'],
  ['TRUE', 'unsafe'],
  ['on', 'unsafe'],
  ['yes', 'unsafe'],
  [1, 'unsafe'],
  [['true'], 'unsafe'],
  [false, 'safe'],
  ['false', 'safe'],
  [undefined, 'safe'],
  [null, 'safe'],
])('a parameter counts as the server reads it: %j is %s', (triggerFailureWorkflow, mark) => {
  expect(replayMark(workflowTerminateOperation, { workflowId: 'w', triggerFailureWorkflow })).toBe(mark);
});

test.each([
  ['unsafe', { status: 'IN_PROGRESS' }],
  ['safe', { status: 'IN_PROGRESS', extendLease: true }],
  ['safe', { status: 'COMPLETED' }],
  ['unsafe', { toJSON: () => ({ status: 'IN_PROGRESS' }) }],
  ['safe', { status: 'IN_PROGRESS', toJSON: () => ({ status: 'COMPLETED' }) }],
  ['safe', { toJSON: () => null }],
  ['safe', null],
  ['safe', undefined],
])('a body counts as it is sent: %s is %o', (mark, body) => {
  expect(replayMark(taskUpdateOperation, { body })).toBe(mark);
});
