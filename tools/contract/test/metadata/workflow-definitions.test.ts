import type { WorkflowDef } from '@conductor-ts/client';
import { expect, test } from 'vitest';
import { client, unique } from '../../src/contract.ts';
import { api, definition, registered, simple } from '../../src/given.ts';
import { begins, refusal, refused } from '../../src/refusals.ts';

const STEP_DEFAULTS = {
  inputParameters: {},
  decisionCases: {},
  defaultCase: [],
  forkTasks: [],
  startDelay: 0,
  joinOn: [],
  optional: false,
  defaultExclusiveJoinTask: [],
  asyncComplete: false,
  loopOver: [],
  onStateChange: {},
  permissive: false,
  metadata: {},
};

test('a definition is read back with all defaults, its steps too', async () => {
  const name = unique('wf');
  const body = { name, timeoutSeconds: 0, tasks: [{ name: 't', taskReferenceName: 'a' }] };
  await client.metadata.registerWorkflowDef({ body });
  expect(await client.metadata.getWorkflowDef({ name })).toEqual({
    name,
    version: 1,
    createTime: expect.any(Number) as number,
    updateTime: 0,
    tasks: [{ name: 't', taskReferenceName: 'a', type: 'SIMPLE', ...STEP_DEFAULTS }],
    inputParameters: [],
    outputParameters: {},
    schemaVersion: 2,
    restartable: true,
    workflowStatusListenerEnabled: false,
    timeoutPolicy: 'ALERT_ONLY',
    timeoutSeconds: 0,
    variables: {},
    inputTemplate: {},
    enforceSchema: true,
    metadata: {},
    maskedFields: [],
  });
});

test('what is given stays as it is, in nested steps too', async () => {
  const name = unique('wf');
  const nested = simple('t', 'b', { inputParameters: { x: '${a.output.y}' }, optional: true, startDelay: 2 });
  const tasks = [
    simple('t', 'a', { description: 'first', retryCount: 5, cacheConfig: { key: 'k', ttlInSecond: 3 } }),
    {
      name: 's',
      taskReferenceName: 's',
      type: 'SWITCH',
      evaluatorType: 'value-param',
      expression: 'p',
      inputParameters: { p: '${a.output.x}' },
      decisionCases: { A: [nested] },
      defaultCase: [simple('t', 'c')],
    },
    { name: 'f', taskReferenceName: 'f', type: 'FORK_JOIN', forkTasks: [[simple('t', 'd')], [simple('t', 'e')]] },
    { name: 'j', taskReferenceName: 'j', type: 'JOIN', joinOn: ['d', 'e'] },
    { name: 'l', taskReferenceName: 'l', type: 'DO_WHILE', loopCondition: 'false', loopOver: [simple('t', 'g')] },
  ];
  const body = definition(name, tasks, {
    version: 2,
    description: 'all of it',
    timeoutSeconds: 60,
    timeoutPolicy: 'TIME_OUT_WF',
    inputParameters: ['a'],
    outputParameters: { o: '${a.output.x}' },
    failureWorkflow: 'fw',
    restartable: false,
    variables: { v: 1 },
    inputTemplate: { i: [1] },
    ownerApp: 'app',
    metadata: { m: 1 },
    rateLimitConfig: { rateLimitKey: 'k', concurrentExecLimit: 3 },
  });
  await client.metadata.registerWorkflowDef({ body });
  expect(await client.metadata.getWorkflowDef({ name, version: 2 })).toMatchObject({
    ...body,
    rateLimitConfig: { rateLimitKey: 'k', concurrentExecLimit: 3, policy: 'QUEUE' },
  });
});

test('a version that is there already is a conflict, unless it may be overwritten', async () => {
  const name = await registered([simple('t', 'a')]);
  const body = definition(name, [simple('t', 'b')]);
  expect(await refused('POST /api/metadata/workflow', body)).toEqual(
    refusal(409, `Workflow with ${name}.1 already exists!`),
  );
  await client.metadata.registerWorkflowDef({ body, overwrite: true });
  expect((await client.metadata.getWorkflowDef({ name })).tasks).toMatchObject([{ taskReferenceName: 'b' }]);
});

test('without a version the latest one is meant', async () => {
  const name = await registered([simple('t', 'a')]);
  for (const version of [10, 2]) {
    await client.metadata.registerWorkflowDef({ body: definition(name, [simple('t', 'a')], { version }) });
  }
  expect((await client.metadata.getWorkflowDef({ name })).version).toBe(10);
  expect((await client.metadata.getWorkflowDef({ name, version: 2 })).version).toBe(2);
  const versions = await client.metadata.getWorkflowVersions({ name });
  expect(versions.map(({ version }) => version).toSorted((a = 0, b = 0) => a - b)).toEqual([1, 2, 10]);
  expect(Object.keys(versions[0] ?? {}).toSorted()).toEqual(['createTime', 'name', 'version']);
});

test('an update stores definitions, known or not, and names them', async () => {
  const name = await registered([simple('t', 'a')]);
  const body = [definition(name, [simple('t', 'b')]), definition(name, [simple('t', 'c')], { version: 2 })];
  expect(await client.metadata.updateWorkflowDefs({ body })).toEqual({
    bulkErrorResults: {},
    bulkSuccessfulResults: [name, name],
  });
  const def = await client.metadata.getWorkflowDef({ name, version: 1 });
  expect(def).toMatchObject({ tasks: [{ taskReferenceName: 'b' }], createTime: 0 });
  expect(def.updateTime).toBeGreaterThan(0);
});

test('the lists: all versions, the latest ones, names, and names with versions', async () => {
  const name = await registered([simple('t', 'a')]);
  await client.metadata.registerWorkflowDef({ body: definition(name, [simple('t', 'a')], { version: 2 }) });
  const mine = (defs: WorkflowDef[]): unknown[] => defs.filter((def) => def.name === name).map((def) => def.version);
  expect(mine(await client.metadata.getWorkflowDefs())).toEqual(expect.arrayContaining([1, 2]));
  expect(mine(await client.metadata.getLatestWorkflowDefs())).toEqual([2]);
  expect(await client.metadata.getWorkflowNames()).toContain(name);
  expect((await client.metadata.getWorkflowNamesAndVersions())[name]).toEqual([
    { name, version: 1, createTime: expect.any(Number) as number, updateTime: 0 },
    { name, version: 2, createTime: expect.any(Number) as number, updateTime: 0 },
  ]);
});

test('a deleted version is gone, the others stay', async () => {
  const name = await registered([simple('t', 'a')]);
  await client.metadata.registerWorkflowDef({ body: definition(name, [simple('t', 'a')], { version: 2 }) });
  await client.metadata.unregisterWorkflowDef({ name, version: 2 });
  expect((await client.metadata.getWorkflowDef({ name })).version).toBe(1);
  await client.metadata.unregisterWorkflowDef({ name, version: 1 });
  expect(await client.metadata.getWorkflowVersions({ name })).toEqual([]);
});

test('a validation stores nothing', async () => {
  const name = unique('wf');
  await client.metadata.validateWorkflowDef({ body: definition(name, [simple('t', 'a')]) });
  expect(await client.metadata.getWorkflowVersions({ name })).toEqual([]);
});

test('changes answer 200 with nothing, not even a type', async () => {
  const body = definition(unique('wf'), [simple('t', 'a')]);
  const nothing = { status: 200, type: null, length: '0', json: undefined };
  expect(await api('POST', '/metadata/workflow', body)).toEqual(nothing);
  expect(await api('POST', '/metadata/workflow/validate', body)).toEqual(nothing);
  expect(await api('DELETE', `/metadata/workflow/${body.name}/1`)).toEqual(nothing);
});

test('unknown names and versions are refused, each call in its own words', async () => {
  const name = await registered([simple('t', 'a')]);
  const nope = unique('nope');
  expect(await refused(`GET /api/metadata/workflow/${nope}`)).toEqual(
    refusal(404, `No such workflow found by name: ${nope}, version: null`),
  );
  expect(await refused(`GET /api/metadata/workflow/${name}?version=7`)).toEqual(
    refusal(404, `No such workflow found by name: ${name}, version: 7`),
  );
  expect(await refused(`DELETE /api/metadata/workflow/${name}/7`)).toEqual(
    refusal(500, `No such workflow definition: ${name} version: 7`),
  );
});

test.each<[string, string, unknown, string]>([
  ['a list in place of the object', 'POST /api/metadata/workflow', [], 'JSON parse error: Cannot deserialize value of'],
  ['an object in place of the list', 'PUT /api/metadata/workflow', {}, 'JSON parse error: Cannot deserialize value of'],
  ['broken JSON', 'POST /api/metadata/workflow/validate', '{', 'JSON parse error: '],
  ['steps that are no list', 'POST /api/metadata/workflow', { name: 'w', tasks: {} }, 'JSON parse error: Cannot'],
  ['no steps at all', 'POST /api/metadata/workflow', { name: 'w', tasks: null }, 'HV000028: Unexpected exception'],
  ['a version that is no number', 'GET /api/metadata/workflow/w?version=x', undefined, "Method parameter 'version': "],
  ['tags, taken for a version', 'DELETE /api/metadata/workflow/w/tags', undefined, "Method parameter 'version': "],
  ['a flag that is none', 'POST /api/metadata/workflow?overwrite=maybe', {}, "Method parameter 'overwrite': "],
])('%s cannot be read, which is a 500', async (_, request, body, beginning) => {
  expect(await refused(request, body)).toEqual(refusal(500, begins(beginning)));
});
