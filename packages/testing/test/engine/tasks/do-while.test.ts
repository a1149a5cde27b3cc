import { expect, test } from 'vitest';
import type { JsonMap } from '../../../src/engine/json-map.ts';
import { anEngine, complete, started, step, taskNamed } from '../given.ts';

const LOOP = (body: JsonMap[], more: JsonMap = {}): JsonMap =>
  step('loop', {
    type: 'DO_WHILE',
    loopOver: body,
    inputParameters: { value: 3 },
    loopCondition: "if ($.loop['iteration'] < $.value) { true; } else { false; }",
    ...more,
  });

test('the body runs until the condition is false, its tasks named by the turn', () => {
  const { engine } = anEngine();
  const id = started(engine, [LOOP([step('it')]), step('z')]);
  for (let turn = 1; turn <= 3; turn += 1) complete(engine, 'it', { turn });
  const workflow = engine.workflow.get(id);
  expect(workflow.tasks.map((task) => [task.referenceTaskName, task.iteration])).toEqual([
    ['loop', 3],
    ['it__1', 1],
    ['it__2', 2],
    ['it__3', 3],
    ['z', 0],
  ]);
  expect(taskNamed(workflow, 'loop')).toMatchObject({
    status: 'COMPLETED',
    outputData: { iteration: 3, 1: { it: { turn: 1 } }, 2: { it: { turn: 2 } }, 3: { it: { turn: 3 } } },
  });
});

test('the next turn is scheduled in the call that ends the one before', () => {
  const { engine } = anEngine();
  started(engine, [LOOP([step('it')])]);
  complete(engine, 'it');
  expect(engine.task.poll('it')?.referenceTaskName).toBe('it__2');
});

test('the condition sees the outputs of the body', () => {
  const { engine } = anEngine();
  const id = started(engine, [LOOP([step('it')], { loopCondition: '$.it.more' })]);
  complete(engine, 'it', { more: true });
  complete(engine, 'it', { more: false });
  expect(taskNamed(engine.workflow.get(id), 'loop').iteration).toBe(2);
});

test('within the body an expression means the task of the latest turn', () => {
  const { engine } = anEngine();
  started(engine, [LOOP([step('one'), step('two', { inputParameters: { n: '${one.output.n}' } })])]);
  for (const n of [10, 20]) {
    complete(engine, 'one', { n });
    expect(complete(engine, 'two').inputData).toEqual({ n });
  }
});

test('a body of system tasks only runs through in the start call', () => {
  const { engine } = anEngine();
  const id = started(engine, [
    LOOP([step('v', { type: 'SET_VARIABLE', inputParameters: { last: '${loop.output.iteration}' } })]),
  ]);
  expect(engine.workflow.get(id)).toMatchObject({ status: 'COMPLETED', variables: { last: 3 } });
});

test('a loop within a loop keeps the turns apart', () => {
  const { engine } = anEngine();
  const inner = step('in', { type: 'DO_WHILE', loopOver: [step('it')], loopCondition: "$['in'].iteration < 2" });
  const id = started(engine, [LOOP([inner], { inputParameters: { value: 2 } })]);
  for (let turn = 0; turn < 4; turn += 1) complete(engine, 'it');
  const workflow = engine.workflow.get(id);
  expect(workflow.status).toBe('COMPLETED');
  expect(workflow.tasks.map((task) => task.referenceTaskName)).toEqual([
    'loop',
    'in__1',
    'it__1__1',
    'it__1__2',
    'in__2',
    'it__2__1',
    'it__2__2',
  ]);
});

test('a fork within a loop is joined in each turn', async () => {
  const { engine, clock } = anEngine();
  const body = [
    step('f', { type: 'FORK_JOIN', forkTasks: [[step('x')], [step('y')]] }),
    step('j', { type: 'JOIN', joinOn: ['x', 'y'] }),
  ];
  const id = started(engine, [LOOP(body, { inputParameters: { value: 2 } })]);
  for (let turn = 0; turn < 2; turn += 1) {
    complete(engine, 'x');
    complete(engine, 'y');
    await clock.advance(20);
  }
  expect(engine.workflow.get(id).status).toBe('COMPLETED');
});

test('a condition that cannot be evaluated fails the loop with its message', () => {
  const { engine } = anEngine();
  const id = started(engine, [LOOP([step('n', { type: 'NOOP' })], { loopCondition: 'nope.x' })]);
  expect(engine.workflow.get(id)).toMatchObject({
    status: 'FAILED',
    reasonForIncompletion: expect.stringContaining('nope is not defined') as string,
  });
});

test('a loop that never waits for anybody is stopped', () => {
  const { engine } = anEngine();
  const id = started(engine, [LOOP([step('n', { type: 'NOOP' })], { loopCondition: 'true' })]);
  expect(engine.workflow.get(id, false)).toMatchObject({
    status: 'FAILED',
    reasonForIncompletion: expect.stringContaining('endless loop') as string,
  });
});
