import { expect, test } from 'vitest';
import { anEngine, polled, refusalOf, report, started, step } from './given.ts';

test('a polled task is in progress, counted, timed and marked with its worker', async () => {
  const { engine, clock } = anEngine();
  started(engine, [step('a')]);
  await clock.advance(250);
  const task = engine.task.poll('a', 'w7');
  expect(task).toMatchObject({
    status: 'IN_PROGRESS',
    pollCount: 1,
    workerId: 'w7',
    queueWaitTime: 250,
    startTime: clock.now(),
    callbackAfterSeconds: 0,
  });
});

test('a polled task has left its queue', () => {
  const { engine } = anEngine();
  started(engine, [step('a')]);
  expect(engine.task.queueSizes(['a'])).toEqual({ a: 1 });
  polled(engine, 'a');
  expect(engine.task.queueSizes()).toEqual({ _deciderQueue: 1, a: 0 });
});

test('a poll of an empty queue gives nothing', () => {
  expect(anEngine().engine.task.poll('a')).toBeUndefined();
});

test('a batch poll returns at once when all it asked for is there', async () => {
  const { engine } = anEngine();
  started(engine, [step('a')]);
  await expect(engine.task.pollBatch('a', { count: 1, timeoutMs: 4_000 })).resolves.toHaveLength(1);
});

test('a batch poll with fewer tasks than asked for waits its whole timeout, and they start only then', async () => {
  const { engine, clock } = anEngine();
  started(engine, [step('a')]);
  const startedAt = clock.now();
  const batch = engine.task.pollBatch('a', { count: 2, timeoutMs: 4_000 });
  await clock.advance(3_999);
  expect(engine.task.poll('a')).toBeUndefined();
  await clock.advance(1);
  expect((await batch).map((task) => task.startTime)).toEqual([startedAt + 4_000]);
});

test('a task that arrives during the wait for one is handed over at once', async () => {
  const { engine, clock } = anEngine();
  const batch = engine.task.pollBatch('a', { timeoutMs: 4_000 });
  await clock.advance(1_000);
  started(engine, [step('a')]);
  expect((await batch).map((task) => task.startTime)).toEqual([clock.now()]);
});

test('a batch poll of an empty queue gives an empty list after 100 ms', async () => {
  const { engine, clock } = anEngine();
  const batch = engine.task.pollBatch('a');
  await clock.advance(100);
  await expect(batch).resolves.toEqual([]);
});

test('a count of zero gives an empty list at once', async () => {
  await expect(anEngine().engine.task.pollBatch('a', { count: 0 })).resolves.toEqual([]);
});

test('a timeout beyond five seconds is refused', async () => {
  const poll = anEngine().engine.task.pollBatch('a', { timeoutMs: 5_001 });
  await expect(poll).rejects.toMatchObject({
    status: 400,
    message: 'Long Poll Timeout value cannot be more than 5 seconds',
  });
});

test('a task that is cancelled while a batch poll holds it is not handed out', async () => {
  const { engine, clock } = anEngine();
  const id = started(engine, [step('a')]);
  const batch = engine.task.pollBatch('a', { count: 2, timeoutMs: 1_000 });
  engine.workflow.terminate(id);
  await clock.advance(1_000);
  await expect(batch).resolves.toEqual([]);
});

test('closing the engine ends all waits', async () => {
  const { engine } = anEngine();
  const batch = engine.task.pollBatch('a', { timeoutMs: 5_000 });
  engine.close();
  await expect(batch).resolves.toEqual([]);
});

test('under a concurrency limit the next task is handed out when one ends', () => {
  const { engine } = anEngine();
  engine.metadata.registerTaskDefs([{ name: 'a', concurrentExecLimit: 1 }]);
  started(engine, [step('a')]);
  started(engine, [step('a')]);
  const first = polled(engine, 'a');
  expect(engine.task.poll('a')).toBeUndefined();
  engine.task.update({ workflowInstanceId: first.workflowInstanceId, taskId: first.taskId, status: 'COMPLETED' });
  expect(engine.task.poll('a')).toBeDefined();
});

test('a waiting poll is served when the concurrency limit gives room', async () => {
  const { engine } = anEngine();
  engine.metadata.registerTaskDefs([{ name: 'a', concurrentExecLimit: 1 }]);
  started(engine, [step('a')]);
  started(engine, [step('a')]);
  const first = polled(engine, 'a');
  const waiting = engine.task.pollBatch('a', { timeoutMs: 5_000 });
  engine.task.update({ workflowInstanceId: first.workflowInstanceId, taskId: first.taskId, status: 'COMPLETED' });
  await expect(waiting).resolves.toHaveLength(1);
});

test('the server remembers who polled which queue last', () => {
  const { engine, clock } = anEngine();
  engine.task.poll('u2', 'w1', 'd1');
  engine.task.poll('u2');
  expect(engine.task.pollData('u2')).toEqual([
    { queueName: 'u2', domain: 'd1', workerId: 'w1', lastPollTime: clock.now() },
    { queueName: 'u2', domain: undefined, workerId: undefined, lastPollTime: clock.now() },
  ]);
});

test('update-v2 gives the next task of the same type, from whatever workflow', async () => {
  const { engine } = anEngine();
  started(engine, [step('a')]);
  const second = started(engine, [step('a')]);
  const task = polled(engine, 'a');
  const next = await engine.task.updateAndPoll({
    workflowInstanceId: task.workflowInstanceId,
    taskId: task.taskId,
    status: 'COMPLETED',
  });
  expect(next).toMatchObject({ workflowInstanceId: second, status: 'IN_PROGRESS', pollCount: 1 });
});

test('update-v2 waits 100 ms for a next task, and then gives nothing', async () => {
  const { engine, clock } = anEngine();
  const id = started(engine, [step('a')]);
  const task = polled(engine, 'a');
  const next = engine.task.updateAndPoll({ workflowInstanceId: id, taskId: task.taskId, status: 'COMPLETED' });
  await clock.advance(100);
  await expect(next).resolves.toBeUndefined();
});

test('requeueing hands tasks out again, even those that a worker has, and heeds a callback', async () => {
  const { engine, clock } = anEngine();
  started(engine, [step('a')]);
  const task = polled(engine, 'a');
  expect(engine.task.poll('a')).toBeUndefined();
  expect(engine.task.requeue('a')).toBe(1);
  expect(engine.task.poll('a')).toMatchObject({ taskId: task.taskId, pollCount: 2 });
  report(engine, task, 'IN_PROGRESS', { callbackAfterSeconds: 5 });
  await clock.advance(3_000);
  engine.task.requeue('a');
  expect(engine.task.poll('a')).toBeUndefined();
  await clock.advance(2_000);
  expect(await engine.task.pollBatch('a')).toMatchObject([{ taskId: task.taskId, pollCount: 3 }]);
  expect(engine.task.requeue('nope')).toBe(0);
});

test('a task that is not known is a 404', () => {
  expect(refusalOf(() => anEngine().engine.task.get('nope'))).toMatchObject({
    status: 404,
    message: 'Task not found for taskId: nope',
  });
});

test('a task that is handed back while a batch poll holds it is handed out once', async () => {
  const { engine, clock } = anEngine();
  const id = started(engine, [step('a')]);
  const batch = engine.task.pollBatch('a', { count: 3, timeoutMs: 1_000 });
  engine.task.updateByRef(id, 'a', 'IN_PROGRESS', {});
  await clock.advance(1_000);
  expect((await batch).map((task) => task.pollCount)).toEqual([1]);
  expect(engine.task.poll('a')).toBeUndefined();
});
