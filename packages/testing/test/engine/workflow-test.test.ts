import { expect, test } from 'vitest';
import { anEngine, refusalOf, step } from './given.ts';

test('a workflow is run to its end with the mocked outputs, and nothing of it is kept', () => {
  const { engine } = anEngine();
  const workflow = engine.workflow.test({
    name: 'w',
    workflowDef: {
      name: 'w',
      tasks: [step('a'), step('w', { type: 'WAIT', inputParameters: { duration: '1 hours' } }), step('b')],
      outputParameters: { y: '${b.output.y}' },
    },
    taskRefToMockOutput: { a: [{ status: 'COMPLETED', output: {} }], b: [{ status: 'COMPLETED', output: { y: 2 } }] },
  });
  expect(workflow).toMatchObject({ status: 'COMPLETED', output: { y: 2 } });
  expect(engine.workflow.search({}).totalHits).toBe(0);
  expect(engine.stats().workflowsStarted).toBe(0);
});

test('mocks are used one after the other, so a failure can be followed by a success', () => {
  const { engine } = anEngine();
  const workflow = engine.workflow.test({
    name: 'w',
    workflowDef: { name: 'w', tasks: [step('a')] },
    taskRefToMockOutput: { a: [{ status: 'FAILED' }, { status: 'COMPLETED', output: { y: 1 } }] },
  });
  expect(workflow.tasks.map((task) => task.status)).toEqual(['FAILED', 'COMPLETED']);
});

test('a child workflow has mocks of its own', () => {
  const { engine } = anEngine();
  engine.metadata.createWorkflowDef({ name: 'child', tasks: [step('c')] });
  const workflow = engine.workflow.test({
    name: 'w',
    workflowDef: { name: 'w', tasks: [step('sub', { type: 'SUB_WORKFLOW', subWorkflowParam: { name: 'child' } })] },
    subWorkflowTestRequest: {
      sub: { name: 'child', taskRefToMockOutput: { c: [{ status: 'COMPLETED', output: { y: 3 } }] } },
    },
  });
  expect(workflow).toMatchObject({ status: 'COMPLETED', output: { y: 3 } });
});

test('a task without a mock leaves the workflow running', () => {
  const workflow = anEngine().engine.workflow.test({ name: 'w', workflowDef: { name: 'w', tasks: [step('a')] } });
  expect(workflow.status).toBe('RUNNING');
});

test('a test of an unknown workflow is a 404', () => {
  expect(refusalOf(() => anEngine().engine.workflow.test({ name: 'nope' })).status).toBe(404);
});
