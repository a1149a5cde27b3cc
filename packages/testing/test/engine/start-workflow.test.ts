import { expect, test } from 'vitest';
import { anEngine, complete, polled, refusalOf, started, step } from './given.ts';

test('the first task can be polled as soon as the start has returned', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('a')]);
  expect(polled(engine, 'a').workflowInstanceId).toBe(id);
});

test('a workflow of system tasks only is complete when the start returns', () => {
  const { engine } = anEngine();
  const id = started(engine, [
    step('v', { type: 'SET_VARIABLE', inputParameters: { who: 'me' } }),
    step('i', { type: 'INLINE', inputParameters: { expression: '1 + 1' } }),
  ]);
  expect(engine.workflow.get(id)).toMatchObject({
    status: 'COMPLETED',
    variables: { who: 'me' },
    output: { result: 2 },
  });
});

test('a start without a version takes the latest one', () => {
  const { engine } = anEngine();
  started(engine, [step('a')]);
  engine.metadata.createWorkflowDef({ name: 'w', version: 7, tasks: [step('b')] });
  expect(engine.workflow.get(engine.workflow.start({ name: 'w' })).workflowVersion).toBe(7);
});

test('the input template of a workflow lies below the input of the start', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('a')], { def: { inputTemplate: { x: 1, y: 1 } }, request: { input: { y: 2 } } });
  expect(engine.workflow.get(id).input).toEqual({ x: 1, y: 2 });
});

test('a definition sent along with the start needs no registration', () => {
  const { engine } = anEngine();
  const id = engine.workflow.start({ name: 'inline', workflowDef: { name: 'inline', tasks: [step('a')] } });
  expect(engine.workflow.get(id).workflowName).toBe('inline');
});

test('a start without a name, or with a priority beyond 99, is refused', () => {
  const { engine } = anEngine();
  expect(refusalOf(() => engine.workflow.start({})).errors).toEqual(['Workflow name cannot be null or empty']);
  expect(refusalOf(() => started(engine, [step('a')], { request: { priority: 100 } })).status).toBe(400);
});

test('input that is not a map is a 500', () => {
  const { engine } = anEngine();
  expect(refusalOf(() => started(engine, [step('a')], { request: { input: 'text' } })).status).toBe(500);
});

test('of two waiting tasks the one of higher priority is polled first', () => {
  const { engine } = anEngine();
  started(engine, [step('a')], { request: { priority: 1 } });
  const urgent = started(engine, [step('a')], { request: { priority: 9 } });
  expect(polled(engine, 'a').workflowInstanceId).toBe(urgent);
});

test('a task of a domain is polled only with that domain', () => {
  const { engine } = anEngine();
  started(engine, [step('a')], { request: { taskToDomain: { a: 'd1' } } });
  expect(engine.task.poll('a')).toBeUndefined();
  expect(polled(engine, 'a', 'd1').domain).toBe('d1');
});

test('of several domains the first one that has a worker is taken, else the last one', () => {
  const { engine } = anEngine();
  engine.task.poll('a', 'w1', 'd2');
  started(engine, [step('a')], { request: { taskToDomain: { '*': 'd1, d2, d3' } } });
  started(engine, [step('b')], { request: { taskToDomain: { '*': 'd1, d2, d3' } } });
  started(engine, [step('c')], { request: { taskToDomain: { c: 'd1,NO_DOMAIN' } } });
  expect([polled(engine, 'a', 'd2').domain, polled(engine, 'b', 'd3').domain, polled(engine, 'c').domain]).toEqual([
    'd2',
    'd3',
    undefined,
  ]);
});

test('an OSS server ignores idempotency keys', () => {
  const { engine } = anEngine();
  const start = (): string =>
    started(engine, [step('a')], { request: { idempotencyKey: 'k', idempotencyStrategy: 'FAIL' } });
  expect(start()).not.toBe(start());
});

test('an Orkes server starts a key once, and by its strategy refuses or gives the existing id', () => {
  const { engine } = anEngine({ mode: 'orkes' });
  const start = (idempotencyStrategy?: string): string =>
    started(engine, [step('a')], { request: { idempotencyKey: 'k', idempotencyStrategy } });
  const id = start();
  expect(refusalOf(() => start('FAIL')).status).toBe(409);
  expect(refusalOf(() => start('FAIL_ON_RUNNING')).status).toBe(409);
  expect(start('RETURN_EXISTING')).toBe(id);
  complete(engine, 'a');
  expect(start('FAIL_ON_RUNNING')).not.toBe(id);
});

test('the engine counts its starts by correlation id', () => {
  const { engine } = anEngine();
  started(engine, [step('a')], { request: { correlationId: 'order-1' } });
  started(engine, [step('a')], { request: { correlationId: 'order-1' } });
  expect(engine.stats().workflowsStarted).toBe(2);
  expect(engine.stats().startsByCorrelationId.get('order-1')).toBe(2);
});
