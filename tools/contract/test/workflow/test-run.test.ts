import type { Workflow, WorkflowTestRequest } from '@conductor-ts/client';
import { expect, test } from 'vitest';
import { client, unique } from '../../src/contract.ts';
import { definition, registered, simple } from '../../src/given.ts';
import { begins, invalid, refusal, refused } from '../../src/refusals.ts';

const done = (output: Record<string, unknown>) => [{ status: 'COMPLETED' as const, output }];
const outcome = ({ status, output, tasks }: Workflow): unknown => [
  status,
  output,
  tasks.map((task) => [task.referenceTaskName, task.status, task.retryCount]),
];

test('the workflow runs to its end with the outputs that it is given', async () => {
  const workflow = await run({ a: done({ y: 1 }), b: done({ z: 2 }) });
  expect(outcome(workflow)).toEqual([
    'COMPLETED',
    { o: 2 },
    [
      ['a', 'COMPLETED', 0],
      ['b', 'COMPLETED', 0],
    ],
  ]);
  expect(workflow.tasks?.map((task) => [task.inputData, task.startTime, task.pollCount])).toEqual([
    [{ i: 1 }, 0, 0],
    [{}, 0, 0],
  ]);
});

test('its tasks are in a domain of their own, out of the way of all workers', async () => {
  const { taskToDomain = {}, tasks } = await run({ a: done({}), b: done({}) });
  expect(Object.keys(taskToDomain)).toEqual(['*']);
  expect(tasks.map((task) => task.domain)).toEqual([taskToDomain['*'], taskToDomain['*']]);
});

test('a failed attempt is retried without a wait', async () => {
  const workflow = await run({ a: [{ status: 'FAILED', output: {} }, ...done({ y: 1 })], b: done({ z: 2 }) });
  expect(outcome(workflow)).toEqual([
    'COMPLETED',
    { o: 2 },
    [
      ['a', 'FAILED', 0],
      ['a', 'COMPLETED', 1],
      ['b', 'COMPLETED', 0],
    ],
  ]);
});

test('a failure for good ends it, and without any output it does not get far', async () => {
  expect(await run({ a: [{ status: 'FAILED_WITH_TERMINAL_ERROR', output: {} }] })).toMatchObject({ status: 'FAILED' });
  expect(await run({})).toMatchObject({ status: 'RUNNING', tasks: [{ referenceTaskName: 'a', status: 'SCHEDULED' }] });
});

test('a registered definition will do', async () => {
  const name = await registered([simple(unique('task'), 'a')]);
  const body = { name, version: 1, taskRefToMockOutput: { a: done({ y: 1 }) } };
  expect(await client.workflow.test({ body })).toMatchObject({ status: 'COMPLETED', output: { y: 1 } });
});

test('what cannot be started is refused', async () => {
  const name = unique('nope');
  expect(await refused('POST /api/workflow/test', { name, version: 1 })).toEqual(
    refusal(404, `No such workflow defined. name=${name}, version=1`),
  );
  expect(await refused('POST /api/workflow/test', {})).toEqual(
    invalid(['startWorkflow.arg0.name', 'Workflow name cannot be null or empty']),
  );
  expect(await refused('POST /api/workflow/test')).toEqual(
    refusal(500, begins('Required request body is missing: public')),
  );
});

function run(taskRefToMockOutput: WorkflowTestRequest['taskRefToMockOutput']): Promise<Workflow> {
  const [name, type] = [unique('wf'), unique('task')];
  const tasks = [simple(type, 'a', { inputParameters: { i: '${workflow.input.x}' } }), simple(type, 'b')];
  const workflowDef = definition(name, tasks, { outputParameters: { o: '${b.output.z}' } });
  return client.workflow.test({ body: { name, version: 1, workflowDef, input: { x: 1 }, taskRefToMockOutput } });
}
