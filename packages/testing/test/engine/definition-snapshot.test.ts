import { expect, test } from 'vitest';
import { anEngine, refusalOf, started, step } from './given.ts';

const child = (name: string): Record<string, unknown> =>
  step('s', { type: 'SUB_WORKFLOW', subWorkflowParam: { name } });

test('a task without a definition of its own shows the default one; that of a system task knows no retries', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('v', { type: 'SET_VARIABLE' }), step('a')]);
  const { tasks, workflowDefinition } = engine.workflow.get(id);
  expect(tasks[0]).toMatchObject({
    taskDefinition: { name: 'v', retryCount: 0, responseTimeoutSeconds: 0, createTime: 0 },
    rateLimitFrequencyInSeconds: 0,
  });
  expect(tasks[1]).toMatchObject({
    taskDefinition: { name: 'a', retryCount: 3, responseTimeoutSeconds: 3600 },
    rateLimitFrequencyInSeconds: 1,
  });
  expect(workflowDefinition.tasks.map((each) => each.taskDefinition?.name)).toEqual(['v', 'a']);
});

test("the version of a child is settled at its parent's start", () => {
  const { engine } = anEngine();
  engine.metadata.createWorkflowDef({ name: 'c', version: 4, tasks: [step('a')] });
  const settled = (id: string): unknown =>
    engine.workflow.get(id).workflowDefinition.tasks[0]?.subWorkflowParam?.version;
  expect(settled(started(engine, [child('c')]))).toBe(4);
  engine.metadata.createWorkflowDef({ name: 'c', version: 5, tasks: [step('a')] });
  expect(settled(engine.workflow.start({ name: 'w' }))).toBe(5);
});

test('a workflow whose child is not defined does not start', () => {
  const { engine } = anEngine();
  const refusal = refusalOf(() => started(engine, [step('v', { type: 'SET_VARIABLE' }), child('nope')]));
  expect(refusal).toMatchObject({
    status: 500,
    message: 'The Task nope defined as a sub-workflow has no workflow definition available ',
  });
  expect(engine.stats().workflowsStarted).toBe(0);
});
