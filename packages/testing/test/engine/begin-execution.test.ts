import { expect, test } from 'vitest';
import { anEngine, started, step, taskNamed } from './given.ts';

test('a workflow that starts itself is stopped before it takes the process down', () => {
  const { engine } = anEngine();
  const again = step('s', { type: 'START_WORKFLOW', inputParameters: { startWorkflow: { name: 'w', version: 1 } } });
  started(engine, [again]);
  expect(engine.stats()).toMatchObject({ workflowsStarted: 50, workflowsFailed: 1, workflowsCompleted: 49 });
});

test('a workflow that is its own failure workflow is stopped too', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('h', { type: 'HTTP', inputParameters: { uri: 'http://a.test' } })], {
    def: { failureWorkflow: 'w' },
  });
  expect(engine.stats().workflowsStarted).toBe(50);
  expect(engine.workflow.get(id).output).toHaveProperty('conductor.failure_workflow');
});

test('a failure workflow that is not defined is named in the output', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('h', { type: 'HTTP', inputParameters: { uri: 'http://a.test' } })], {
    def: { failureWorkflow: 'nope' },
  });
  expect(engine.workflow.get(id).output['conductor.failure_workflow']).toContain(
    'No such workflow defined. name=nope, version=null',
  );
});

test('a running workflow keeps the task definitions it was started with', () => {
  const { engine } = anEngine();
  engine.metadata.registerTaskDefs([{ name: 'b', retryCount: 7 }]);
  const id = started(engine, [step('a'), step('b')]);
  engine.metadata.registerTaskDefs([{ name: 'b', retryCount: 1 }]);
  engine.task.updateByRef(id, 'a', 'COMPLETED', {});
  expect(taskNamed(engine.workflow.get(id), 'b').taskDefinition?.retryCount).toBe(7);
});
