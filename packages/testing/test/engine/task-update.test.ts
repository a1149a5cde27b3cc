import { expect, test } from 'vitest';
import { anEngine, complete, polled, refusalOf, report, started, statuses, step, taskNamed } from './given.ts';

test('the next task is there as soon as the update has returned, and the ended one counts as executed', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('a'), step('b')]);
  complete(engine, 'a', { y: 1 });
  expect(engine.task.poll('b')).toBeDefined();
  expect(taskNamed(engine.workflow.get(id), 'a')).toMatchObject({
    status: 'COMPLETED',
    outputData: { y: 1 },
    executed: true,
  });
});

test('the last task of a workflow never counts as executed', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('a'), step('b')]);
  complete(engine, 'a');
  complete(engine, 'b');
  expect(engine.workflow.get(id).tasks.map((task) => task.executed)).toEqual([true, false]);
});

test('IN_PROGRESS with a callback hands the task back: scheduled again, and pollable after the pause', async () => {
  const { engine, clock } = anEngine();
  const id = started(engine, [step('a')]);
  const first = polled(engine, 'a');
  report(engine, first, 'IN_PROGRESS', { callbackAfterSeconds: 2, outputData: { half: true } });
  expect(taskNamed(engine.workflow.get(id), 'a')).toMatchObject({
    taskId: first.taskId,
    status: 'SCHEDULED',
    callbackAfterSeconds: 2,
    outputData: { half: true },
  });
  await clock.advance(1_999);
  expect(engine.task.poll('a')).toBeUndefined();
  await clock.advance(1);
  expect(polled(engine, 'a')).toMatchObject({ taskId: first.taskId, pollCount: 2, startTime: first.startTime });
});

test('IN_PROGRESS without a callback makes the task pollable by another worker at once', () => {
  const { engine } = anEngine();
  started(engine, [step('a')]);
  report(engine, polled(engine, 'a'), 'IN_PROGRESS');
  expect(polled(engine, 'a').pollCount).toBe(2);
});

test('extendLease keeps the task with its worker and ignores the rest of the report', async () => {
  const { engine, clock } = anEngine();
  const id = started(engine, [step('a')]);
  const task = polled(engine, 'a');
  await clock.advance(1_000);
  report(engine, task, 'IN_PROGRESS', { extendLease: true, outputData: { ignored: true } });
  expect(taskNamed(engine.workflow.get(id), 'a')).toMatchObject({
    status: 'IN_PROGRESS',
    updateTime: clock.now(),
    outputData: {},
  });
  expect(engine.task.poll('a')).toBeUndefined();
});

test('a report for a task that has ended is accepted and ignored', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('a')]);
  const task = complete(engine, 'a', { y: 1 });
  expect(engine.task.update({ workflowInstanceId: id, taskId: task.taskId, status: 'FAILED' })).toBe(task.taskId);
  expect(engine.workflow.get(id)).toMatchObject({ status: 'COMPLETED', output: { y: 1 } });
  expect(engine.stats().updatesIgnored).toBe(1);
});

test('reports with unknown ids are 404, without a workflow id 400, and with a status of the server 500', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('a')]);
  const { taskId } = polled(engine, 'a');
  expect(refusalOf(() => engine.task.update({ workflowInstanceId: 'nope', taskId, status: 'COMPLETED' })).status).toBe(
    404,
  );
  expect(
    refusalOf(() => engine.task.update({ workflowInstanceId: id, taskId: 'nope', status: 'COMPLETED' })).status,
  ).toBe(404);
  expect(refusalOf(() => engine.task.update({ taskId, status: 'COMPLETED' }))).toMatchObject({
    status: 400,
    errors: ['Workflow Id cannot be null or empty'],
  });
  expect(refusalOf(() => engine.task.update({ workflowInstanceId: id, taskId, status: 'TIMED_OUT' })).status).toBe(500);
});

test('CANCELED from a worker terminates the workflow without a retry', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('a')]);
  const task = polled(engine, 'a');
  report(engine, task, 'CANCELED');
  expect(engine.workflow.get(id)).toMatchObject({
    status: 'TERMINATED',
    reasonForIncompletion: `Task ${task.taskId} failed with status: TERMINATED and reason: 'null'`,
  });
});

test('FAILED_WITH_TERMINAL_ERROR is not retried', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('a')]);
  const task = polled(engine, 'a');
  report(engine, task, 'FAILED_WITH_TERMINAL_ERROR', { reasonForIncompletion: 'term' });
  const workflow = engine.workflow.get(id);
  expect(statuses(workflow)).toEqual({ a: 'FAILED_WITH_TERMINAL_ERROR' });
  expect(workflow).toMatchObject({
    status: 'FAILED',
    reasonForIncompletion: `Task ${task.taskId} failed with status: FAILED and reason: 'term'`,
  });
});

test('a task can be completed by its reference name, without a poll', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('a')]);
  const taskId = engine.task.updateByRef(id, 'a', 'COMPLETED', { y: 1 });
  expect(taskNamed(engine.workflow.get(id), 'a')).toMatchObject({
    taskId,
    status: 'COMPLETED',
    pollCount: 0,
    outputData: { y: 1 },
  });
});

test('an update by reference name lays its output over what was reported before', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('a')]);
  report(engine, polled(engine, 'a'), 'IN_PROGRESS', { outputData: { x: 1, y: 1 }, workerId: 'w1' });
  engine.task.updateByRef(id, 'a', 'COMPLETED', { y: 2 });
  expect(taskNamed(engine.workflow.get(id), 'a')).toMatchObject({ outputData: { x: 1, y: 2 }, workerId: 'w1' });
});

test('what a report leaves out is left out of the task', () => {
  const { engine } = anEngine();
  started(engine, [step('a')]);
  const task = polled(engine, 'a');
  report(engine, task, 'IN_PROGRESS', { reasonForIncompletion: 'slow', workerId: 'w1' });
  report(engine, polled(engine, 'a'), 'COMPLETED');
  const { reasonForIncompletion, workerId, callbackAfterSeconds } = engine.task.get(task.taskId);
  expect({ reasonForIncompletion, workerId, callbackAfterSeconds }).toEqual({ callbackAfterSeconds: 0 });
});

test('a report that extends the lease does nothing else, whatever its status', () => {
  const { engine } = anEngine();
  started(engine, [step('a')]);
  const task = polled(engine, 'a');
  report(engine, task, 'COMPLETED', { extendLease: true, outputData: { x: 1 }, logs: [{ log: 'late' }] });
  expect(engine.task.get(task.taskId)).toMatchObject({ status: 'IN_PROGRESS', outputData: {} });
  expect(engine.task.getLogs(task.taskId)).toEqual([]);
});

test('a report without a status is refused, unless it comes too late anyway', () => {
  const { engine } = anEngine();
  started(engine, [step('a')]);
  const task = polled(engine, 'a');
  const report = { workflowInstanceId: task.workflowInstanceId, taskId: task.taskId };
  expect(refusalOf(() => engine.task.update(report))).toMatchObject({
    status: 500,
    message: expect.stringContaining('getStatus()" is null') as string,
  });
  engine.task.update({ ...report, status: 'COMPLETED' });
  expect(engine.task.update(report)).toBe(task.taskId);
});

test('the logs of a late report are ignored with it', () => {
  const { engine } = anEngine();
  started(engine, [step('a')]);
  const task = complete(engine, 'a');
  report(engine, task, 'COMPLETED', { logs: [{ log: 'late' }] });
  expect(engine.task.getLogs(task.taskId)).toEqual([]);
});

test('an update by reference name of a task that is done, or unknown, gives nothing', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('a'), step('b')]);
  complete(engine, 'a');
  expect(engine.task.updateByRef(id, 'a', 'COMPLETED', {})).toBeUndefined();
  expect(engine.task.updateByRef(id, 'nope', 'COMPLETED', {})).toBeUndefined();
  expect(refusalOf(() => engine.task.updateByRef(id, 'b', 'DONE', {})).status).toBe(500);
});

test('logs come with reports or by themselves, and only the newest are kept', () => {
  const { engine } = anEngine({ maxLogsPerTask: 2 });
  started(engine, [step('a')]);
  const task = polled(engine, 'a');
  engine.task.addLog(task.taskId, 'one');
  engine.task.addLog(task.taskId, '"two"');
  // A line without a time of its own stands first, as on the released server.
  report(engine, task, 'COMPLETED', { logs: [{ log: 'three', createdTime: Number.MAX_SAFE_INTEGER }] });
  expect(engine.task.getLogs(task.taskId).map((line) => line.log)).toEqual(['"two"', 'three']);
});
