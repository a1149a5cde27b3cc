import { expect, test } from 'vitest';
import { client, polled, unique } from '../../src/contract.ts';
import { api, definition, registered, simple, started, twoTasks } from '../../src/given.ts';
import { begins, invalid, refusal, refused } from '../../src/refusals.ts';

const ID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

test('a start answers with the id as plain text, whether by request or by name', async () => {
  const { name } = await twoTasks();
  const id = { status: 200, type: 'text/plain;charset=UTF-8', length: '36', json: expect.stringMatching(ID) as string };
  expect(await api('POST', '/workflow', { name })).toEqual(id);
  expect(await api('POST', `/workflow/${name}`, {})).toEqual(id);
  expect(await client.workflow.start({ body: { name } })).toMatch(ID);
});

test('the first task is there when the start answers', async () => {
  const { name, type } = await twoTasks();
  const workflowId = await started(name);
  expect(await client.task.poll({ tasktype: type })).toMatchObject({ workflowInstanceId: workflowId, seq: 1 });
});

test('a workflow without tasks for workers is complete when the start answers', async () => {
  const set = { name: 'v', taskReferenceName: 'v', type: 'SET_VARIABLE', inputParameters: { x: 1 } };
  const workflowId = await started(await registered([set]));
  expect(await client.workflow.get({ workflowId })).toMatchObject({ status: 'COMPLETED', variables: { x: 1 } });
});

test('all of a request is kept, but who it says that it is from', async () => {
  const { name, type } = await twoTasks();
  const workflowId = await started(name, {
    correlationId: 'order-7',
    input: { a: 1, n: null, deep: { list: [1, 'x'] } },
    priority: 3,
    taskToDomain: { [type]: 'blue' },
    createdBy: 'joe',
  });
  const workflow = await client.workflow.get({ workflowId });
  expect(workflow).toMatchObject({
    correlationId: 'order-7',
    input: { a: 1, n: null, deep: { list: [1, 'x'] } },
    priority: 3,
    taskToDomain: { [type]: 'blue' },
    tasks: [{ domain: 'blue', workflowPriority: 3, correlationId: 'order-7' }],
  });
  expect(workflow).not.toHaveProperty('createdBy');
});

test('a start by name takes its input from the body, the rest from the query', async () => {
  const { name } = await twoTasks();
  const workflowId = await client.workflow.startByName({
    name,
    version: 1,
    correlationId: 'c',
    priority: 99,
    body: { x: 1 },
  });
  expect(await client.workflow.get({ workflowId })).toMatchObject({
    workflowName: name,
    correlationId: 'c',
    priority: 99,
    input: { x: 1 },
  });
});

test('without a version the latest one is started', async () => {
  const { name, type } = await twoTasks();
  await client.metadata.registerWorkflowDef({ body: definition(name, [simple(type, 'only')], { version: 3 }) });
  const workflowId = await client.workflow.start({ body: { name } });
  expect(await client.workflow.get({ workflowId })).toMatchObject({ workflowVersion: 3 });
});

test('a definition in the request needs no registration', async () => {
  const type = unique('task');
  const name = unique('inline');
  const workflowId = await started(name, { workflowDef: definition(name, [simple(type, 'a')]) });
  expect(await polled(type)).toMatchObject({ workflowInstanceId: workflowId });
  expect(await refused(`GET /api/metadata/workflow/${name}`)).toMatchObject({ status: 404 });
});

test('an input template lies under the input', async () => {
  const name = await registered([simple(unique('t'), 'a')], { inputTemplate: { a: 1, b: 2 } });
  const workflowId = await started(name, { input: { b: 3 } });
  expect((await client.workflow.get({ workflowId })).input).toEqual({ a: 1, b: 3 });
});

test('idempotency keys are taken and ignored by the open-source server', async () => {
  const { name } = await twoTasks();
  const body = { name, idempotencyKey: unique('key'), idempotencyStrategy: 'RETURN_EXISTING' as const };
  expect(await client.workflow.start({ body })).not.toBe(await client.workflow.start({ body }));
});

test('unknown properties are ignored', async () => {
  const { name } = await twoTasks();
  expect(await api('POST', '/workflow', { name, nobodyKnows: 1 })).toMatchObject({ status: 200 });
});

test('an unknown name or version is refused, in words of each way to start', async () => {
  const { name } = await twoTasks();
  const nope = unique('nope');
  expect(await refused('POST /api/workflow', { name: nope })).toEqual(
    refusal(404, `No such workflow defined. name=${nope}, version=null`),
  );
  expect(await refused('POST /api/workflow', { name, version: 7 })).toEqual(
    refusal(404, `No such workflow defined. name=${name}, version=7`),
  );
  expect(await refused(`POST /api/workflow/${nope}`, {})).toEqual(
    refusal(404, `No such workflow found by name: ${nope}, version: null`),
  );
  expect(await refused(`POST /api/workflow/${name}?version=7`, {})).toEqual(
    refusal(404, `No such workflow found by name: ${name}, version: 7`),
  );
});

test('a child workflow that is not there keeps its parent from starting', async () => {
  const nope = unique('nope');
  const child = { name: 's', taskReferenceName: 's', type: 'SUB_WORKFLOW', subWorkflowParam: { name: nope } };
  const name = await registered([simple(unique('t'), 'a'), child]);
  expect(await refused('POST /api/workflow', { name })).toEqual(
    refusal(500, `The Task ${nope} defined as a sub-workflow has no workflow definition available `),
  );
});

test.each<[string, object, unknown]>([
  ['no name', {}, invalid(['startWorkflow.arg0.name', 'Workflow name cannot be null or empty'])],
  ['an empty name', { name: '' }, refusal(400, 'Workflow name must be specified when searching for a definition')],
  [
    'too high a priority',
    { name: 'w', priority: 100 },
    invalid(['startWorkflow.arg0.priority', 'priority: 100 should be maximum 99', '100']),
  ],
  [
    'a negative priority',
    { name: 'w', priority: -1 },
    invalid(['startWorkflow.arg0.priority', 'priority: -1 should be minimum 0', '-1']),
  ],
  [
    'a definition without steps',
    { name: 'w', workflowDef: { name: 'w', tasks: [] } },
    invalid(['startWorkflow.arg0.workflowDef.tasks', 'WorkflowTask list cannot be empty']),
  ],
  ['an input that is no object', { name: 'w', input: 'text' }, refusal(500, begins('JSON parse error: Cannot '))],
  [
    'an unknown word',
    { name: 'w', idempotencyStrategy: 'NOPE' },
    refusal(500, begins('JSON parse error: Cannot deserialize value of type')),
  ],
])('a start with %s is refused', async (_, body, expected) => {
  expect(await refused('POST /api/workflow', body)).toEqual(expected);
});

test('null is no input', async () => {
  const { name } = await twoTasks();
  expect(await refused('POST /api/workflow', { name, input: null })).toEqual(
    refusal(400, 'NULL input passed when starting workflow'),
  );
});

test.each<[string, string, unknown, unknown]>([
  ['no body', '', undefined, refusal(500, begins('Required request body is missing: public'))],
  ['a list', '', [1], refusal(500, begins('JSON parse error: Cannot deserialize value of type'))],
  ['a text', '', '"text"', refusal(500, begins('JSON parse error: Cannot '))],
  ['null', '', 'null', refusal(500, begins('Required request body is missing: public'))],
  ['a high priority', '?priority=100', {}, invalid(['startWorkflow.arg3', '99 is the maximum priority value', '100'])],
  ['a low priority', '?priority=-1', {}, invalid(['startWorkflow.arg3', '0 is the minimum priority value', '-1'])],
  ['a worded version', '?version=x', {}, refusal(500, begins("Method parameter 'version': Failed to convert"))],
])('a start by name with %s is refused', async (_, query, body, expected) => {
  const { name } = await twoTasks();
  expect(await refused(`POST /api/workflow/${name}${query}`, body)).toEqual(expected);
});
