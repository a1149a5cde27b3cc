import { expect, test } from 'vitest';
import { client, finish, polled } from '../../src/contract.ts';
import { registered, simple, started } from '../../src/given.ts';
import { complete, execution, workType } from '../../src/work.ts';

const INPUT = {
  n: 42,
  s: 'text',
  yes: true,
  half: 1.5,
  big: 12_345_678_901_234,
  map: { list: [1, 'two', 3], 'w x': 7 },
  rows: [
    { k: 1, name: 'fig' },
    { k: 2, name: 'pear' },
  ],
  which: 'n',
  json: '{"q":1}',
  like: '${workflow.input.n}',
};

/** What these parameters come to in a first task. */
async function resolved(inputParameters: Record<string, unknown>, more = {}): Promise<Record<string, unknown>> {
  const type = await workType(more);
  const name = await registered([simple(type, 'a', { inputParameters })], { variables: { v: 'var' } });
  await started(name, { input: INPUT, correlationId: 'c1' });
  return (await polled(type)).inputData;
}

test('a value that is an expression as a whole keeps its type', async () => {
  expect(
    await resolved({
      n: '${workflow.input.n}',
      half: '${workflow.input.half}',
      big: '${workflow.input.big}',
      yes: '${workflow.input.yes}',
      map: '${workflow.input.map}',
      list: '${workflow.input.map.list}',
      all: '${workflow.input}',
    }),
  ).toEqual({
    n: 42,
    half: 1.5,
    big: 12_345_678_901_234,
    yes: true,
    map: INPUT.map,
    list: INPUT.map.list,
    all: INPUT,
  });
});

test('within a longer text it is spliced in, as Java prints it', async () => {
  expect(
    await resolved({
      a: 'pre-${workflow.input.n}-mid-${workflow.input.s}-post',
      b: '${workflow.input.n}${workflow.input.n}',
      map: 'o=${workflow.input.map}',
      list: 'l=${workflow.input.map.list}',
      yes: '${workflow.input.yes}!',
      none: 'n=${workflow.input.none}!',
      id: 'id:${CPEWF_TASK_ID}.',
    }),
  ).toEqual({
    a: 'pre-42-mid-text-post',
    b: '4242',
    map: 'o={list=[1, two, 3], w x=7}',
    list: 'l=[1, two, 3]',
    yes: 'true!',
    none: 'n=null!',
    id: expect.stringMatching(/^id:[0-9a-f-]{36}\.$/) as string,
  });
});

test('what leads nowhere is null, and the key stays', async () => {
  expect(
    await resolved({
      none: '${workflow.input.none}',
      deep: '${workflow.input.none.x.y}',
      beyond: '${workflow.input.map.list[9]}',
      inText: '${workflow.input.json.q}',
      given: null,
    }),
  ).toEqual({ none: null, deep: null, beyond: null, inText: null, given: null });
});

test('a doubled dollar sign keeps an expression from being one', async () => {
  expect(await resolved({ a: '$${workflow.input.n}', b: 'x $${a} y ${workflow.input.n}', c: '$5 and $$5' })).toEqual({
    a: '${workflow.input.n}',
    b: 'x ${a} y 42',
    c: '$5 and $$5',
  });
});

test('what is no text stays as it is, and keys are no expressions', async () => {
  expect(await resolved({ five: 5, no: false, list: [1, null], 'k${workflow.input.n}': 1 })).toEqual({
    five: 5,
    no: false,
    list: [1, null],
    'k${workflow.input.n}': 1,
  });
});

test('expressions are found at any depth, but not in the values they lead to', async () => {
  expect(await resolved({ a: [{ b: ['${workflow.input.n}'] }], like: '${workflow.input.like}' })).toEqual({
    a: [{ b: [42] }],
    like: '${workflow.input.n}',
  });
});

test('a path reaches entries of lists and names with odd characters', async () => {
  expect(
    await resolved({
      second: '${workflow.input.map.list[1]}',
      last: '${workflow.input.map.list[-1]}',
      row: '${workflow.input.rows[1].name}',
      quoted: "${workflow.input['s']}",
      odd: "${workflow.input.map['w x']}",
      length: '${workflow.input.map.list.length()}',
    }),
  ).toEqual({ second: 'two', last: 3, row: 'pear', quoted: 'text', odd: 7, length: 3 });
});

test('a path that may lead to several values gives a list', async () => {
  expect(
    await resolved({
      every: '${workflow.input.rows[*].k}',
      some: '${workflow.input.rows[?(@.k>1)].name}',
      slice: '${workflow.input.map.list[0:2]}',
      anywhere: '${workflow.input..k}',
    }),
  ).toEqual({ every: [1, 2], some: ['pear'], slice: [1, 'two'], anywhere: [1, 2] });
});

test('an expression in a path chooses where it leads, and one without its end is none', async () => {
  expect(await resolved({ chosen: '${workflow.input.${workflow.input.which}}', open: '${workflow.input.n' })).toEqual({
    chosen: 42,
    open: '${workflow.input.n',
  });
});

test('of the workflow itself a few things can be seen', async () => {
  const type = await workType();
  const seen = (names: string[]): Record<string, string> =>
    Object.fromEntries(names.map((name) => [name, `\${workflow.${name}}`]));
  const name = await registered(
    [
      simple(type, 'a', {
        inputParameters: {
          ...seen(['workflowId', 'status', 'correlationId', 'workflowType', 'version', 'schemaVersion', 'variables']),
          ...seen(['startTime', 'priority', 'taskToDomain', 'workflowName', 'ownerApp', 'reasonForIncompletion']),
        },
      }),
    ],
    { variables: { v: 'var' } },
  );
  const workflowId = await started(name, { correlationId: 'c1', priority: 5 });
  expect((await polled(type)).inputData).toEqual({
    workflowId,
    status: 'RUNNING',
    correlationId: 'c1',
    workflowType: name,
    version: 1,
    schemaVersion: 2,
    variables: { v: 'var' },
    startTime: null,
    priority: null,
    taskToDomain: null,
    workflowName: null,
    ownerApp: null,
    reasonForIncompletion: null,
  });
});

test('of an earlier task its input, its output and what became of it can be seen', async () => {
  const type = await workType();
  const seen = (names: string[]): Record<string, string> =>
    Object.fromEntries(names.map((name) => [name, `\${a.${name}}`]));
  const id = await started(
    await registered([
      simple(type, 'a', { inputParameters: { x: 1 } }),
      simple(type, 'b', {
        inputParameters: {
          ...seen(['input.x', 'output', 'output.deep[0][1]', 'status', 'taskId', 'taskType', 'taskDefName']),
          ...seen(['retryCount', 'pollCount', 'referenceTaskName', 'workflowInstanceId', 'workerId']),
          ...seen(['inputData', 'outputData', 'seq', 'updateTime', 'queueWaitTime']),
          later: '${b.status}',
        },
      }),
    ]),
  );
  const { taskId } = await complete(type, { deep: [[1, 2]], n: null });
  expect((await polled(type)).inputData).toEqual({
    'input.x': 1,
    output: { deep: [[1, 2]], n: null },
    'output.deep[0][1]': 2,
    status: 'COMPLETED',
    taskId,
    taskType: type,
    taskDefName: type,
    retryCount: 0,
    pollCount: 1,
    referenceTaskName: 'a',
    workflowInstanceId: id,
    workerId: null,
    inputData: null,
    outputData: null,
    seq: null,
    updateTime: null,
    queueWaitTime: null,
    later: null,
  });
});

test('a task can be given its own id', async () => {
  const type = await workType();
  await started(await registered([simple(type, 'a', { inputParameters: { me: '${CPEWF_TASK_ID}' } })]));
  const task = await polled(type);
  expect(task.inputData).toEqual({ me: task.taskId });
});

test('the input template of a task type lies under the parameters, and fills in for those that come to nothing', async () => {
  const inputTemplate = { low: 1, over: 'low', filled: 'in', first: '${workflow.input.map.list[0]}' };
  expect(
    await resolved(
      { over: 'high', filled: '${workflow.input.none}', none: '${workflow.input.none}' },
      { inputTemplate },
    ),
  ).toEqual({ low: 1, over: 'high', filled: 'in', first: 1, none: null });
});

test('the input template of a workflow lies under the input', async () => {
  const type = await workType();
  const name = await registered([simple(type, 'a')], { inputTemplate: { n: 1, map: { z: 1 }, extra: 'x' } });
  const id = await started(name, { input: { n: 2, map: { y: 2 } } });
  expect((await execution(id)).input).toEqual({ n: 2, map: { y: 2 }, extra: 'x' });
});

test('output parameters are resolved when the workflow ends, while it still shows as running', async () => {
  const type = await workType();
  const name = await registered([simple(type, 'a')], {
    outputParameters: {
      y: '${a.output.y}',
      whole: '${a.output}',
      status: '${workflow.status}',
      task: '${a.status}',
      none: '${a.output.none}',
      text: 'pre-${a.output.y}',
      literal: '$${a.output.y}',
      five: 5,
      deep: { list: ['${workflow.input.n}'] },
    },
  });
  const id = await started(name, { input: { n: 1 } });
  const task = await polled(type);
  expect((await execution(id)).output, 'there is none before').toEqual({});
  await finish(task, { outputData: { y: 5 } });
  expect((await client.workflow.get({ workflowId: id })).output).toEqual({
    y: 5,
    whole: { y: 5 },
    status: 'RUNNING',
    task: 'COMPLETED',
    none: null,
    text: 'pre-5',
    literal: '${a.output.y}',
    five: 5,
    deep: { list: [1] },
  });
});
