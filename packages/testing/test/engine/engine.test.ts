import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEngine } from '../../src/engine/engine.ts';
import type { JsonMap } from '../../src/engine/json-map.ts';
import { anEngine, complete, refusalOf, report, started, step } from './given.ts';

test('ended workflows beyond the limit are forgotten, the one that ended first before the others; running ones stay', () => {
  const { engine } = anEngine({ maxWorkflows: 2 });
  const running = started(engine, [step('r')]);
  const ended = [1, 2, 3].map(() => {
    const id = started(engine, [step('a')]);
    complete(engine, 'a');
    return id;
  });
  expect(refusalOf(() => engine.workflow.get(ended[0] ?? '')).status).toBe(404);
  expect(engine.workflow.search({}).results.map((each) => each.workflowId)).toEqual([running, ended[1], ended[2]]);
});

test('what the engine gives is a snapshot: it does not change when the workflow does', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('a')]);
  const before = engine.workflow.get(id);
  const text = JSON.stringify(before);
  complete(engine, 'a', { y: 1 });
  expect(JSON.stringify(before)).toBe(text);
});

test('the polled task of a new workflow has the members of the recorded one', () => {
  const { engine } = anEngine();
  started(engine, [step('a')], { request: { correlationId: 'c1' } });
  const wire = JSON.parse(JSON.stringify(engine.task.poll('a', 'w0'))) as JsonMap;
  expect(Object.keys(wire).sort()).toEqual(
    [
      'taskType',
      'status',
      'inputData',
      'referenceTaskName',
      'retryCount',
      'seq',
      'correlationId',
      'pollCount',
      'taskDefName',
      'scheduledTime',
      'startTime',
      'endTime',
      'updateTime',
      'startDelayInSeconds',
      'retried',
      'executed',
      'callbackFromWorker',
      'responseTimeoutSeconds',
      'workflowInstanceId',
      'workflowType',
      'taskId',
      'callbackAfterSeconds',
      'workerId',
      'outputData',
      'workflowTask',
      'rateLimitPerFrequency',
      'rateLimitFrequencyInSeconds',
      'workflowPriority',
      'iteration',
      'subworkflowChanged',
      'firstStartTime',
      'executionMetadata',
      'taskDefinition',
      'loopOverTask',
      'queueWaitTime',
    ].sort(),
  );
});

test('a workflow has the members of the recorded one', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('a')], { request: { correlationId: 'c1' } });
  const wire = JSON.parse(JSON.stringify(engine.workflow.get(id))) as JsonMap;
  expect(Object.keys(wire).sort()).toEqual(
    [
      'ownerApp',
      'createTime',
      'updateTime',
      'status',
      'endTime',
      'workflowId',
      'tasks',
      'input',
      'output',
      'correlationId',
      'taskToDomain',
      'failedReferenceTaskNames',
      'workflowDefinition',
      'priority',
      'variables',
      'lastRetriedTime',
      'failedTaskNames',
      'history',
      'rateLimited',
      'startTime',
      'workflowName',
      'workflowVersion',
    ].sort(),
  );
});

test('two hundred workflows of three tasks cost well under a second', () => {
  const engine = createEngine();
  engine.metadata.createWorkflowDef({ name: 'w', tasks: [step('a'), step('b'), step('c')] });
  const before = process.cpuUsage();
  for (let count = 0; count < 200; count += 1) engine.workflow.start({ name: 'w', input: { count } });
  for (const type of ['a', 'b', 'c'])
    for (let count = 0; count < 200; count += 1) complete(engine, type, { done: true });
  const { user, system } = process.cpuUsage(before);
  engine.close();
  expect(engine.stats().workflowsCompleted).toBe(200);
  // Some 30 ms; the guard is loose for a busy machine.
  expect(user + system).toBeLessThan(1_000_000);
});

test('whatever workers report, every started workflow is either open with an open task, or has ended once', async () => {
  const outcome = fc.constantFrom(
    'COMPLETED',
    'FAILED',
    'FAILED_WITH_TERMINAL_ERROR',
    'IN_PROGRESS',
    'CANCELED',
    'silence',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom('a', 'b', 'x', 'y'), outcome), { maxLength: 40 }),
      async (history) => {
        const { engine, clock } = anEngine();
        engine.metadata.registerTaskDefs(
          ['a', 'b', 'x', 'y'].map((name) => ({
            name,
            retryCount: 2,
            retryDelaySeconds: 1,
            responseTimeoutSeconds: 3,
          })),
        );
        const fork = [
          step('f', { type: 'FORK_JOIN', forkTasks: [[step('x')], [step('y')]] }),
          step('j', { type: 'JOIN', joinOn: ['x', 'y'] }),
        ];
        const ids = [0, 1].map(() => started(engine, [step('a', { optional: true }), ...fork, step('b')]));
        for (const [type, status] of history) {
          const task = engine.task.poll(type);
          if (task && status !== 'silence') report(engine, task, status);
          await clock.advance(700);
        }
        for (const id of ids) {
          const { status, tasks, endTime } = engine.workflow.get(id);
          const open = tasks.filter((task) => task.status === 'SCHEDULED' || task.status === 'IN_PROGRESS');
          expect(open.length > 0).toBe(status === 'RUNNING');
          expect(endTime > 0).toBe(status !== 'RUNNING');
        }
        const { workflowsCompleted, workflowsFailed } = engine.stats();
        expect(workflowsCompleted + workflowsFailed).toBe(
          ids.filter((id) => engine.workflow.get(id).status !== 'RUNNING').length,
        );
        engine.close();
      },
    ),
    { numRuns: 60 },
  );
});
