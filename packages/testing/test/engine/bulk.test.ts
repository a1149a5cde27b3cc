import { expect, test } from 'vitest';
import { anEngine, refusalOf, started, step } from './given.ts';

test('each id of a bulk call succeeds or fails on its own', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('a')]);
  expect(engine.bulk.pause([id, 'nope'])).toEqual({
    bulkErrorResults: { nope: 'No such workflow found by id: nope' },
    bulkSuccessfulResults: [id],
  });
  expect(engine.bulk.resume([id]).bulkSuccessfulResults).toEqual([id]);
  expect(engine.bulk.remove([id]).bulkErrorResults[id]).toMatch(/^Cannot archive workflow: .* with status: RUNNING$/);
  expect(engine.bulk.terminate([id], 'enough').bulkSuccessfulResults).toEqual([id]);
  expect(engine.bulk.restart([id]).bulkSuccessfulResults).toEqual([id]);
  // Once for each of the two moves, as the server has it.
  expect(engine.bulk.terminateAndRemove([id]).bulkSuccessfulResults).toEqual([id, id]);
});

test('a bulk search gives workflows as the engine has them inside', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('a')]);
  expect(engine.bulk.search([id], false).bulkSuccessfulResults).toMatchObject([{ workflowId: id, tasks: [] }]);
  engine.workflow.pause(id);
  const [model] = engine.bulk.search([id]).bulkSuccessfulResults;
  expect(model).toMatchObject({
    status: 'PAUSED',
    previousStatus: 'RUNNING',
    updatedTime: expect.any(Number) as number,
  });
  expect(model).not.toHaveProperty('startTime');
  expect(model?.['tasks']).toMatchObject([{ referenceTaskName: 'a', waitTimeout: 0 }]);
});

test('an empty list and one of more than a thousand ids are refused', () => {
  const { engine } = anEngine();
  expect(refusalOf(() => engine.bulk.retry([]))).toMatchObject({
    status: 400,
    errors: ['WorkflowIds list cannot be null.'],
  });
  expect(refusalOf(() => engine.bulk.retry(Array.from({ length: 1_001 }, String))).status).toBe(400);
});
