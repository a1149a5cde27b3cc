import { expect, test } from 'vitest';
import { anEngine, complete, started, step } from './given.ts';

test('a wait for a workflow ends as soon as it has ended', async () => {
  const { engine } = anEngine();
  const id = started(engine, [step('a')]);
  const waiting = engine.workflow.waitFor(id, { timeoutMs: 10_000 });
  complete(engine, 'a', { y: 1 });
  await expect(waiting).resolves.toMatchObject({ status: 'COMPLETED', output: { y: 1 } });
});

test('a wait for a task ends with that task', async () => {
  const { engine } = anEngine();
  const id = started(engine, [step('a'), step('b')]);
  const waiting = engine.workflow.waitFor(id, { untilTaskRef: 'a', timeoutMs: 10_000 });
  complete(engine, 'a');
  await expect(waiting).resolves.toMatchObject({ status: 'RUNNING' });
});

test('a wait that takes too long gives the workflow as it is', async () => {
  const { engine, clock } = anEngine();
  const id = started(engine, [step('a')]);
  const waiting = engine.workflow.waitFor(id, { timeoutMs: 2_000 });
  await clock.advance(2_000);
  await expect(waiting).resolves.toMatchObject({ status: 'RUNNING' });
});

test('a workflow that has ended already is not waited for', async () => {
  const { engine } = anEngine();
  const id = started(engine, [step('n', { type: 'NOOP' })]);
  await expect(engine.workflow.waitFor(id, { timeoutMs: 10_000 })).resolves.toMatchObject({ status: 'COMPLETED' });
});

test('a wait ends when its signal is aborted, and when the engine closes', async () => {
  const { engine } = anEngine();
  const id = started(engine, [step('a')]);
  const abort = new AbortController();
  const aborted = engine.workflow.waitFor(id, { timeoutMs: 10_000, signal: abort.signal });
  abort.abort();
  await expect(aborted).resolves.toMatchObject({ status: 'RUNNING' });
  const closed = engine.workflow.waitFor(id, { timeoutMs: 10_000 });
  engine.close();
  await expect(closed).resolves.toMatchObject({ status: 'RUNNING' });
});

test('a wait may also end where a WAIT task holds the workflow, or a child of it', async () => {
  const { engine, clock } = anEngine();
  engine.metadata.createWorkflowDef({ name: 'child', tasks: [step('a'), step('w', { type: 'WAIT' })] });
  const id = started(engine, [step('s', { type: 'SUB_WORKFLOW', subWorkflowParam: { name: 'child' } })]);
  const waiting = engine.workflow.waitFor(id, { untilBlocked: true, timeoutMs: 10_000 });
  await clock.advance(1_000);
  expect(engine.workflow.findBlocked(id)).toBeUndefined();
  complete(engine, 'a');
  await expect(waiting).resolves.toMatchObject({ workflowId: id, status: 'RUNNING' });
  expect(engine.workflow.findBlocked(id)).toMatchObject({ referenceTaskName: 'w', workflowType: 'child' });
});
