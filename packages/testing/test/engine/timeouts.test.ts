import { expect, test } from 'vitest';
import { anEngine, complete, polled, report, started, step, taskNamed } from './given.ts';

test('a silent worker times out, its task is retried, and its late report is ignored', async () => {
  const { engine, clock } = anEngine();
  engine.metadata.registerTaskDefs([{ name: 'to1', responseTimeoutSeconds: 2, retryDelaySeconds: 0 }]);
  const id = started(engine, [step('to1')]);
  const task = polled(engine, 'to1');
  await clock.advance(2_000);
  const [first, second] = engine.workflow.get(id).tasks;
  expect(first).toMatchObject({
    status: 'TIMED_OUT',
    retried: true,
    reasonForIncompletion: `responseTimeout: 2 exceeded for the taskId: ${task.taskId} with Task Definition: to1`,
  });
  expect(second).toMatchObject({ status: 'SCHEDULED', retryCount: 1 });
  report(engine, task, 'COMPLETED');
  expect(engine.workflow.get(id).status).toBe('RUNNING');
});

test('a lease that is extended in time keeps the task alive', async () => {
  const { engine, clock } = anEngine();
  engine.metadata.registerTaskDefs([{ name: 'a', responseTimeoutSeconds: 2 }]);
  const id = started(engine, [step('a')]);
  const task = polled(engine, 'a');
  for (let beat = 0; beat < 5; beat += 1) {
    await clock.advance(1_100);
    report(engine, task, 'IN_PROGRESS', { extendLease: true });
  }
  expect(taskNamed(engine.workflow.get(id), 'a').status).toBe('IN_PROGRESS');
  await clock.advance(2_000);
  expect(engine.workflow.get(id).tasks.map((each) => each.status)).toEqual(['TIMED_OUT', 'SCHEDULED']);
});

test('the response timeout does not run while a batch poll still waits', async () => {
  const { engine, clock } = anEngine();
  engine.metadata.registerTaskDefs([{ name: 'a', responseTimeoutSeconds: 2 }]);
  const id = started(engine, [step('a')]);
  const batch = engine.task.pollBatch('a', { count: 2, timeoutMs: 4_000 });
  await clock.advance(4_000);
  await batch;
  expect(taskNamed(engine.workflow.get(id), 'a').status).toBe('IN_PROGRESS');
});

test('a task that nobody polls in time takes the workflow along', async () => {
  const { engine, clock } = anEngine();
  engine.metadata.registerTaskDefs([{ name: 'a', pollTimeoutSeconds: 2 }]);
  const id = started(engine, [step('a')]);
  await clock.advance(2_000);
  const workflow = engine.workflow.get(id);
  expect(taskNamed(workflow, 'a').status).toBe('TIMED_OUT');
  expect(workflow).toMatchObject({
    status: 'TIMED_OUT',
    reasonForIncompletion:
      'Task poll timed out after 2 seconds. Poll timeout configured as 2 seconds. Timeout policy configured to TIME_OUT_WF',
  });
});

test('the timeout of a task follows its policy: retry, end the workflow, or nothing', async () => {
  const { engine, clock } = anEngine();
  const ids = ['RETRY', 'TIME_OUT_WF', 'ALERT_ONLY'].map((timeoutPolicy) => {
    engine.metadata.registerTaskDefs([
      { name: timeoutPolicy, timeoutSeconds: 3, responseTimeoutSeconds: 3, timeoutPolicy, retryDelaySeconds: 9 },
    ]);
    const id = started(engine, [step(timeoutPolicy)]);
    polled(engine, timeoutPolicy);
    return id;
  });
  for (let second = 0; second < 3; second += 1) {
    await clock.advance(1_000);
    // Leases keep the response timeout out of the picture.
    for (const id of ids)
      for (const task of engine.workflow.get(id).tasks)
        if (task.status === 'IN_PROGRESS') report(engine, task, 'IN_PROGRESS', { extendLease: true });
  }
  const [retried, ended, ignored] = ids.map((id) => engine.workflow.get(id));
  expect(retried?.tasks.map((task) => task.status)).toEqual(['TIMED_OUT', 'SCHEDULED']);
  expect(ended).toMatchObject({
    status: 'TIMED_OUT',
    reasonForIncompletion:
      'Task timed out after 3 seconds. Timeout configured as 3 seconds. Timeout policy configured to TIME_OUT_WF',
  });
  expect(ignored?.tasks.map((task) => task.status)).toEqual(['IN_PROGRESS']);
});

test('a workflow that takes too long times out, and its tasks are cancelled', async () => {
  const { engine, clock } = anEngine();
  const id = started(engine, [step('a')], { def: { timeoutSeconds: 3, timeoutPolicy: 'TIME_OUT_WF' } });
  await clock.advance(3_000);
  const workflow = engine.workflow.get(id);
  expect(taskNamed(workflow, 'a').status).toBe('CANCELED');
  expect(workflow).toMatchObject({
    status: 'TIMED_OUT',
    reasonForIncompletion:
      'Workflow timed out after 3 seconds. Timeout configured as 3 seconds. Timeout policy configured to TIME_OUT_WF',
  });
  expect(engine.task.poll('a')).toBeUndefined();
});

test('a workflow whose policy is to alert only never times out', async () => {
  const { engine, clock } = anEngine();
  const id = started(engine, [step('a')], { def: { timeoutSeconds: 3 } });
  await clock.advance(60_000);
  expect(engine.workflow.get(id).status).toBe('RUNNING');
});

test('the total timeout counts over all attempts', async () => {
  const { engine, clock } = anEngine();
  engine.metadata.registerTaskDefs([{ name: 'a', totalTimeoutSeconds: 10, retryDelaySeconds: 4 }]);
  const id = started(engine, [step('a')]);
  report(engine, polled(engine, 'a'), 'FAILED');
  await clock.advance(8_000);
  report(engine, polled(engine, 'a'), 'FAILED');
  expect(engine.workflow.get(id).status).toBe('RUNNING');
  await clock.advance(2_000);
  expect(engine.workflow.get(id)).toMatchObject({
    status: 'TIMED_OUT',
    reasonForIncompletion: expect.stringContaining('exceeded total timeout of 10 seconds') as string,
  });
});

test('a start delay keeps a task from being polled', async () => {
  const { engine, clock } = anEngine();
  started(engine, [step('a', { startDelay: 2 })]);
  await clock.advance(1_999);
  expect(engine.task.poll('a')).toBeUndefined();
  await clock.advance(1);
  complete(engine, 'a');
});
