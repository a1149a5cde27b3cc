import { expect, test } from 'vitest';
import type { JsonMap } from '../../../src/engine/json-map.ts';
import { anEngine, complete, polled, report, started, statuses, step, taskNamed } from '../given.ts';

const SWITCH: JsonMap = step('s', {
  type: 'SWITCH',
  evaluatorType: 'value-param',
  expression: 'kind',
  inputParameters: { kind: '${workflow.input.kind}' },
  decisionCases: { A: [step('a1'), step('a2')], B: [] },
  defaultCase: [step('d')],
});

test('a SWITCH takes the case of its value, and its branch joins the main line again', () => {
  const { engine } = anEngine();
  const id = started(engine, [SWITCH, step('z')], { request: { input: { kind: 'A' } } });
  expect(taskNamed(engine.workflow.get(id), 's').outputData).toEqual({ evaluationResult: ['A'], selectedCase: 'A' });
  for (const type of ['a1', 'a2', 'z']) complete(engine, type);
  expect(engine.workflow.get(id).status).toBe('COMPLETED');
});

test('a value without a case goes the default way and is still shown; an empty case goes on', () => {
  const { engine } = anEngine();
  const other = started(engine, [SWITCH, step('z')], { request: { input: { kind: 'Z' } } });
  expect(taskNamed(engine.workflow.get(other), 's').outputData).toEqual({ evaluationResult: ['Z'], selectedCase: 'Z' });
  expect(Object.keys(statuses(engine.workflow.get(other)))).toEqual(['s', 'd']);
  const empty = started(engine, [SWITCH, step('z')], { request: { input: { kind: 'B' } } });
  expect(Object.keys(statuses(engine.workflow.get(empty)))).toEqual(['s', 'z']);
});

test('a SWITCH can decide by a script', () => {
  const { engine } = anEngine();
  const script = step('s', { ...SWITCH, evaluatorType: 'javascript', expression: "$.kind > 5 ? 'A' : 'other'" });
  const id = started(engine, [script], { request: { input: { kind: 7 } } });
  expect(Object.keys(statuses(engine.workflow.get(id)))).toEqual(['s', 'a1']);
});

test('SET_VARIABLE puts its input into the variables and has no output', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('v', { type: 'SET_VARIABLE', inputParameters: { who: 'me' } }), step('a')]);
  expect(engine.workflow.get(id).variables).toEqual({ who: 'me' });
  expect(taskNamed(engine.workflow.get(id), 'v').outputData).toEqual({});
});

test('INLINE gives the value of its script, a broken one fails the workflow', () => {
  const { engine } = anEngine();
  const inline = (expression: string): string =>
    started(engine, [
      step('i', { type: 'INLINE', inputParameters: { evaluatorType: 'javascript', expression, n: 4 } }),
    ]);
  expect(engine.workflow.get(inline('(function () { return { twice: $.n * 2 }; })()')).output).toEqual({
    result: { twice: 8 },
  });
  expect(taskNamed(engine.workflow.get(inline('nope()')), 'i')).toMatchObject({
    status: 'FAILED_WITH_TERMINAL_ERROR',
    outputData: { error: 'Error evaluating the script `ReferenceError: nope is not defined` at line 1' },
    reasonForIncompletion: 'Error evaluating the script `ReferenceError: nope is not defined` at line 1',
  });
});

test('TERMINATE ends the workflow with its status, reason and output', () => {
  const { engine } = anEngine();
  const end = (terminationStatus: string): string =>
    started(engine, [
      step('t', {
        type: 'TERMINATE',
        inputParameters: { terminationStatus, terminationReason: 'enough', workflowOutput: { x: 1 } },
      }),
      step('z'),
    ]);
  for (const status of ['COMPLETED', 'FAILED', 'TERMINATED']) {
    expect(engine.workflow.get(end(status))).toMatchObject({
      status,
      reasonForIncompletion: 'enough',
      output: { x: 1 },
    });
  }
});

test('a WAIT for a duration is in progress and completes by itself', async () => {
  const { engine, clock } = anEngine();
  const id = started(engine, [step('w', { type: 'WAIT', inputParameters: { duration: '2 seconds' } })]);
  expect(taskNamed(engine.workflow.get(id), 'w')).toMatchObject({ status: 'IN_PROGRESS', callbackAfterSeconds: 2 });
  await clock.advance(2_000);
  expect(engine.workflow.get(id).status).toBe('COMPLETED');
});

test('a WAIT until an instant completes then', async () => {
  const { engine, clock } = anEngine();
  const until = new Date(clock.now() + 120_000).toISOString().slice(0, 16).replace('T', ' ');
  const id = started(engine, [step('w', { type: 'WAIT', inputParameters: { until: `${until} UTC` } })]);
  await clock.advance(120_000);
  expect(engine.workflow.get(id).status).toBe('COMPLETED');
});

test('a WAIT without an end is ended by a signal', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('w', { type: 'WAIT' })]);
  expect(taskNamed(engine.workflow.get(id), 'w').callbackAfterSeconds).toBe(2_147_483_647);
  expect(engine.task.signal(id, 'COMPLETED', { y: 1 })).toBe(true);
  expect(engine.workflow.get(id)).toMatchObject({ status: 'COMPLETED', output: { y: 1 } });
});

test('a signal to a workflow that waits for nothing, or for a human, changes nothing', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('h', { type: 'HUMAN' })]);
  expect(engine.task.signal(id, 'COMPLETED', {})).toBe(false);
  expect(statuses(engine.workflow.get(id))).toEqual({ h: 'IN_PROGRESS' });
});

test('a HUMAN task is ended by an update with its reference name', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('h', { type: 'HUMAN' })]);
  engine.task.updateByRef(id, 'h', 'COMPLETED', {});
  expect(engine.workflow.get(id).status).toBe('COMPLETED');
});

test('an EVENT completes in the start call and shows what it produced', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('e', { type: 'EVENT', sink: 'conductor' })]);
  expect(engine.workflow.get(id)).toMatchObject({
    status: 'COMPLETED',
    output: { event_produced: 'conductor:w:e', sink: 'conductor' },
  });
});

test('START_WORKFLOW starts another workflow and goes on', () => {
  const { engine } = anEngine();
  engine.metadata.createWorkflowDef({ name: 'other', tasks: [step('o')] });
  const id = started(engine, [
    step('s', { type: 'START_WORKFLOW', inputParameters: { startWorkflow: { name: 'other', input: { x: 1 } } } }),
  ]);
  expect(engine.workflow.get(String(engine.workflow.get(id).output['workflowId'])).input).toEqual({ x: 1 });
});

test('a DYNAMIC task runs as the type its input names', () => {
  const { engine } = anEngine();
  const id = started(engine, [
    step('d', { type: 'DYNAMIC', dynamicTaskNameParam: 'what', inputParameters: { what: 'work' } }),
  ]);
  complete(engine, 'work');
  expect(engine.workflow.get(id).status).toBe('COMPLETED');
});

test('a DYNAMIC task is retried by the definition of its step, not by that of the task it chooses', () => {
  const { engine } = anEngine();
  engine.metadata.registerTaskDefs([{ name: 'work', retryCount: 5 }]);
  const id = started(engine, [
    step('d', { type: 'DYNAMIC', dynamicTaskNameParam: 'what', inputParameters: { what: 'work' } }),
  ]);
  report(engine, polled(engine, 'work'), 'FAILED');
  expect(engine.workflow.get(id).status).toBe('FAILED');
});

test('a DYNAMIC task that nothing chooses fails its workflow without a task', () => {
  const { engine } = anEngine();
  const id = started(engine, [
    step('d', { type: 'DYNAMIC', dynamicTaskNameParam: 'what', inputParameters: { what: null } }),
  ]);
  expect(engine.workflow.get(id)).toMatchObject({
    status: 'FAILED',
    tasks: [],
    reasonForIncompletion:
      'Cannot map a dynamic task based on the parameter and input. Parameter= what, input= {what=null}',
  });
});

test('a type that only the real server runs fails at once and says so', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('h', { type: 'HTTP', inputParameters: { uri: 'http://a.test' } })]);
  expect(taskNamed(engine.workflow.get(id), 'h')).toMatchObject({
    status: 'FAILED_WITH_TERMINAL_ERROR',
    reasonForIncompletion: expect.stringContaining('The embedded server does not run HTTP tasks') as string,
  });
});

test('a type the server does not know is for workers, under that name', () => {
  const { engine } = anEngine();
  started(engine, [step('a', { type: 'my_type' })]);
  expect(engine.task.poll('my_type')).toMatchObject({ taskType: 'my_type', taskDefName: 'a' });
});
