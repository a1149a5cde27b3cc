import { expect, test } from 'vitest';
import type { JsonMap } from '../../../src/engine/json-map.ts';
import { anEngine, complete, polled, report, started, statuses, step, taskNamed } from '../given.ts';

const FORK: JsonMap[] = [
  step('f', { type: 'FORK_JOIN', forkTasks: [[step('x'), step('x2')], [step('y')]] }),
  step('j', { type: 'JOIN', joinOn: ['x2', 'y'] }),
  step('z'),
];

test('a fork shows as a completed FORK, with its branches scheduled and the JOIN in progress', () => {
  const { engine } = anEngine();
  const workflow = engine.workflow.get(started(engine, FORK));
  expect(workflow.tasks.map((task) => [task.referenceTaskName, task.taskType, task.status])).toEqual([
    ['f', 'FORK', 'COMPLETED'],
    ['x', 'x', 'SCHEDULED'],
    ['y', 'y', 'SCHEDULED'],
    ['j', 'JOIN', 'IN_PROGRESS'],
  ]);
});

test('the JOIN completes a little after the last branch, with the outputs by reference name', async () => {
  const { engine, clock } = anEngine();
  const id = started(engine, FORK);
  complete(engine, 'x', { n: 0 });
  complete(engine, 'x2', { n: 1 });
  complete(engine, 'y', { n: 2 });
  expect(engine.task.poll('z')).toBeUndefined();
  await clock.advance(20);
  expect(taskNamed(engine.workflow.get(id), 'j')).toMatchObject({
    status: 'COMPLETED',
    pollCount: 1,
    outputData: { x2: { n: 1 }, y: { n: 2 } },
  });
  complete(engine, 'z');
  expect(engine.workflow.get(id).status).toBe('COMPLETED');
});

test('when one branch fails the workflow fails at once, and everything open is cancelled', () => {
  const { engine } = anEngine();
  const id = started(engine, FORK);
  report(engine, polled(engine, 'x'), 'FAILED_WITH_TERMINAL_ERROR');
  const workflow = engine.workflow.get(id);
  expect(workflow.status).toBe('FAILED');
  expect(statuses(workflow)).toEqual({ f: 'COMPLETED', x: 'FAILED_WITH_TERMINAL_ERROR', y: 'CANCELED', j: 'CANCELED' });
});

test('a permissive branch that fails lets the others run on, and fails the JOIN', async () => {
  const { engine, clock } = anEngine();
  engine.metadata.registerTaskDefs([{ name: 'x', retryCount: 0 }]);
  const id = started(engine, [
    step('f', { type: 'FORK_JOIN', forkTasks: [[step('x', { permissive: true })], [step('y')]] }),
    step('j', { type: 'JOIN', joinOn: ['x', 'y'] }),
  ]);
  report(engine, polled(engine, 'x'), 'FAILED', { reasonForIncompletion: 'boom' });
  expect(engine.workflow.get(id).status).toBe('RUNNING');
  complete(engine, 'y');
  await clock.advance(20);
  expect(engine.workflow.get(id).status).toBe('FAILED');
});

test('a workflow retried after a failed branch runs to its end', async () => {
  const { engine, clock } = anEngine();
  const id = started(engine, FORK);
  report(engine, polled(engine, 'y'), 'FAILED_WITH_TERMINAL_ERROR');
  engine.workflow.retry(id);
  for (const type of ['x', 'x2', 'y']) complete(engine, type);
  await clock.advance(20);
  complete(engine, 'z');
  expect(engine.workflow.get(id).status).toBe('COMPLETED');
});

test('a dynamic fork takes its branches and their input from its own input', async () => {
  const { engine, clock } = anEngine();
  const dynamicTasks = [step('d1', { name: 'work' }), step('d2', { name: 'work' })];
  const id = started(
    engine,
    [
      step('f', {
        type: 'FORK_JOIN_DYNAMIC',
        dynamicForkTasksParam: 'tasks',
        dynamicForkTasksInputParamName: 'inputs',
        inputParameters: { tasks: '${workflow.input.tasks}', inputs: '${workflow.input.inputs}' },
      }),
      step('j', { type: 'JOIN' }),
      step('z'),
    ],
    { request: { input: { tasks: dynamicTasks, inputs: { d1: { n: 1 }, d2: { n: 2 } } } } },
  );
  expect(taskNamed(engine.workflow.get(id), 'f')).toMatchObject({ taskType: 'FORK', status: 'COMPLETED' });
  for (let branch = 0; branch < 2; branch += 1) {
    const task = polled(engine, 'work');
    report(engine, task, 'COMPLETED', { outputData: { twice: Number(task.inputData['n']) * 2 } });
  }
  await clock.advance(20);
  expect(taskNamed(engine.workflow.get(id), 'j').outputData).toEqual({ d1: { twice: 2 }, d2: { twice: 4 } });
  expect(engine.task.poll('z')).toBeDefined();
});

test('a dynamic fork may run one task once for each input', () => {
  const { engine } = anEngine();
  const id = started(engine, [
    step('f', {
      type: 'FORK_JOIN_DYNAMIC',
      dynamicForkTasksParam: 'unused',
      dynamicForkTasksInputParamName: 'unused',
      inputParameters: { forkTaskName: 'work', forkTaskInputs: [{ n: 1 }, 'text'] },
    }),
    step('j', { type: 'JOIN' }),
  ]);
  expect(statuses(engine.workflow.get(id))).toMatchObject({ _work_0: 'SCHEDULED', _work_1: 'SCHEDULED' });
  expect(polled(engine, 'work').inputData).toEqual({ n: 1, __index: 0 });
  expect(polled(engine, 'work').inputData).toEqual({ input: 'text', __index: 1 });
});

test('a join shows the outputs that are not empty, and whether an optional branch went wrong', async () => {
  const { engine, clock } = anEngine();
  const id = started(engine, [
    step('f', {
      type: 'FORK_JOIN',
      forkTasks: [[step('a')], [step('b', { optional: true, retryCount: 0 })], [step('c')]],
    }),
    step('j', { type: 'JOIN', joinOn: ['a', 'b', 'c'] }),
  ]);
  complete(engine, 'a', { x: 1 });
  complete(engine, 'c');
  const failed = polled(engine, 'b');
  report(engine, failed, 'FAILED');
  await clock.advance(1_000);
  expect(taskNamed(engine.workflow.get(id), 'j')).toMatchObject({
    status: 'COMPLETED_WITH_ERRORS',
    outputData: { a: { x: 1 } },
    reasonForIncompletion: `b/${failed.taskId} completed with errors`,
  });
  expect(engine.workflow.get(id).status).toBe('COMPLETED');
});

test('a dynamic fork without a list of tasks fails the workflow', () => {
  const { engine } = anEngine();
  const id = started(engine, [
    step('f', { type: 'FORK_JOIN_DYNAMIC', dynamicForkTasksParam: 'tasks', dynamicForkTasksInputParamName: 'inputs' }),
    step('j', { type: 'JOIN' }),
  ]);
  expect(engine.workflow.get(id).status).toBe('FAILED');
});
