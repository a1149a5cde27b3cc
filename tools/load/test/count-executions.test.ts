import type { Workflow } from '@conductor-ts/client';
import { expect, test } from 'vitest';
import { judge } from '../src/count-executions.ts';

const TASKS = ['first', 'second'];
const acknowledged = new Map([['c', 'w']]);

function execution(workflowId: string, status = 'COMPLETED', completed: readonly string[] = TASKS): Workflow {
  const tasks = completed.map((referenceTaskName) => ({ referenceTaskName, status: 'COMPLETED' }));
  return { workflowId, status, tasks } as unknown as Workflow;
}

test.each<[string, readonly Workflow[], object]>([
  ['one execution, completed', [execution('w')], { lost: 0, twice: 0, unfinished: 0 }],
  ['none', [], { lost: 1, twice: 0, unfinished: 0 }],
  ['another than the acknowledged one', [execution('x')], { lost: 1, twice: 0, unfinished: 0 }],
  ['two', [execution('w'), execution('x')], { lost: 0, twice: 1, unfinished: 0 }],
  ['one that still runs', [execution('w', 'RUNNING')], { lost: 0, twice: 0, unfinished: 1 }],
  ['one with a task too few', [execution('w', 'COMPLETED', ['first'])], { lost: 0, twice: 0, unfinished: 1 }],
  [
    'one with a task twice',
    [execution('w', 'COMPLETED', ['first', 'first', 'second'])],
    { lost: 0, twice: 0, unfinished: 1 },
  ],
])('for an acknowledged start the server has %s', (_, executions, expected) => {
  expect(judge(acknowledged, new Map([['c', executions]]), TASKS)).toEqual(expected);
});
