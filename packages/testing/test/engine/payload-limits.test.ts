import { expect, test } from 'vitest';
import type { JsonMap } from '../../src/engine/json-map.ts';
import { anEngine, polled, refusalOf, report, started, step, taskNamed } from './given.ts';

test('an output beyond 3 MiB goes to external storage, whose path is all that remains', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('a')]);
  report(engine, polled(engine, 'a'), 'COMPLETED', { outputData: ofMegabytes(4) });
  const task = taskNamed(engine.workflow.get(id), 'a');
  expect(task).toMatchObject({ status: 'COMPLETED', outputData: {} });
  expect(task.externalOutputPayloadStoragePath).toMatch(/^[0-9a-f-]{36}\.json$/);
});

test('what is in external storage is there for expressions, and shows as its path wherever it is passed on', () => {
  const { engine } = anEngine();
  const id = started(engine, [
    step('a'),
    step('i', { type: 'INLINE', inputParameters: { expression: '$.t.length', t: '${a.output.text}' } }),
    step('b', { inputParameters: { length: '${i.output.result}', text: '${a.output.text}' } }),
  ]);
  report(engine, polled(engine, 'a'), 'COMPLETED', { outputData: ofMegabytes(4) });
  expect(taskNamed(engine.workflow.get(id), 'i').outputData).toEqual({ result: 4_000_000 });
  const task = polled(engine, 'b');
  expect(task.inputData).toEqual({});
  expect(task.externalInputPayloadStoragePath).toMatch(/\.json$/);
});

test('a workflow keeps more inline than a task does', () => {
  const { engine } = anEngine();
  const given = (megabytes: number): JsonMap => {
    const id = started(engine, [step('a')], { request: { input: ofMegabytes(megabytes) } });
    return engine.workflow.get(id) as unknown as JsonMap;
  };
  expect(given(5)).toMatchObject({ input: { text: expect.any(String) as string } });
  expect(given(6)).toMatchObject({
    input: {},
    externalInputPayloadStoragePath: expect.stringMatching(/\.json$/) as string,
  });
});

test('an output of 2 MB stays inline', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('a')]);
  report(engine, polled(engine, 'a'), 'COMPLETED', { outputData: ofMegabytes(2) });
  expect(taskNamed(engine.workflow.get(id), 'a').outputData).toHaveProperty('text');
});

test('an output beyond 10 MiB is accepted and fails its task for good', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('a')]);
  report(engine, polled(engine, 'a'), 'COMPLETED', { outputData: ofMegabytes(11) });
  const workflow = engine.workflow.get(id);
  expect(workflow.status).toBe('FAILED');
  expect(taskNamed(workflow, 'a')).toMatchObject({
    status: 'FAILED_WITH_TERMINAL_ERROR',
    reasonForIncompletion: expect.stringContaining('is greater than the permissible limit: 10485760 bytes') as string,
  });
});

test('an input beyond 10 MiB is a 500, and nothing is started', () => {
  const { engine } = anEngine();
  const refusal = refusalOf(() => started(engine, [step('a')], { request: { input: ofMegabytes(11) } }));
  expect(refusal).toMatchObject({
    status: 500,
    message: expect.stringMatching(/^The payload size: 11000011 of workflow: /) as string,
  });
  expect(engine.stats().workflowsStarted).toBe(0);
});

function ofMegabytes(megabytes: number): JsonMap {
  return { text: 'x'.repeat(megabytes * 1_000_000) };
}
