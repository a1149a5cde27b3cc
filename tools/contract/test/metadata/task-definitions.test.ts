import { expect, test } from 'vitest';
import { client, unique } from '../../src/contract.ts';
import { api } from '../../src/given.ts';
import { begins, refusal, refused } from '../../src/refusals.ts';

const DEFAULTS = {
  createdBy: '',
  retryCount: 3,
  timeoutSeconds: 0,
  inputKeys: [],
  outputKeys: [],
  timeoutPolicy: 'TIME_OUT_WF',
  retryLogic: 'FIXED',
  retryDelaySeconds: 60,
  maxRetryDelaySeconds: 0,
  backoffJitterMs: 0,
  responseTimeoutSeconds: 3600,
  totalTimeoutSeconds: 0,
  inputTemplate: {},
  rateLimitPerFrequency: 0,
  rateLimitFrequencyInSeconds: 1,
  backoffScaleFactor: 1,
  runtimeMetadata: [],
  taskStatusListenerEnabled: true,
  enforceSchema: false,
};

test('a definition is read back with all defaults, stamped by the server', async () => {
  const name = unique('t');
  const mine = { createdBy: 'me', updatedBy: 'you', createTime: 5, updateTime: 6 };
  await client.metadata.registerTaskDefs({ body: [{ name, ...mine }] });
  const def = await client.metadata.getTaskDef({ tasktype: name });
  expect(def).toEqual({ name, ...DEFAULTS, createTime: expect.any(Number) as number, updateTime: 0 });
  expect(def.createTime).toBeGreaterThan(1_600_000_000_000);
});

test('what is given stays as it is', async () => {
  const def = {
    name: unique('t'),
    description: 'does things',
    ownerEmail: 'owner@example.com',
    ownerApp: 'app',
    retryCount: 0,
    retryDelaySeconds: 1,
    timeoutSeconds: 10,
    responseTimeoutSeconds: 10,
    timeoutPolicy: 'ALERT_ONLY' as const,
    retryLogic: 'LINEAR_BACKOFF' as const,
    inputKeys: ['a'],
    outputKeys: ['b'],
    inputTemplate: { a: { b: [1, null, 'x'] } },
    pollTimeoutSeconds: 3,
    concurrentExecLimit: 2,
    rateLimitPerFrequency: 3,
    isolationGroupId: 'i',
    executionNameSpace: 'e',
  };
  await client.metadata.registerTaskDefs({ body: [def] });
  expect(await client.metadata.getTaskDef({ tasktype: def.name })).toMatchObject(def);
});

test('registering again replaces, without a word', async () => {
  const name = unique('t');
  await client.metadata.registerTaskDefs({ body: [{ name, retryCount: 1, description: 'first' }] });
  await client.metadata.registerTaskDefs({ body: [{ name, retryCount: 2 }] });
  const def = await client.metadata.getTaskDef({ tasktype: name });
  expect(def).toMatchObject({ retryCount: 2, updateTime: 0 });
  expect(def).not.toHaveProperty('description');
});

test('an update keeps who created it and when, and stamps the update', async () => {
  const name = unique('t');
  await client.metadata.registerTaskDefs({ body: [{ name }] });
  const { createTime } = await client.metadata.getTaskDef({ tasktype: name });
  await client.metadata.updateTaskDef({ body: { name, retryCount: 7, createTime: 5 } });
  const def = await client.metadata.getTaskDef({ tasktype: name });
  expect(def).toMatchObject({ retryCount: 7, createTime, createdBy: '', updatedBy: '' });
  expect(def.updateTime).toBeGreaterThanOrEqual(createTime ?? Infinity);
});

test('all definitions are in the list, and a deleted one is not', async () => {
  const [kept, gone] = [unique('t'), unique('t')];
  await client.metadata.registerTaskDefs({ body: [{ name: kept }, { name: gone }] });
  await client.metadata.unregisterTaskDef({ tasktype: gone });
  const names = (await client.metadata.getTaskDefs()).map(({ name }) => name);
  expect(names).toContain(kept);
  expect(names).not.toContain(gone);
});

test('unknown properties are ignored, numbers may be texts, and null counts as 0 or false', async () => {
  const name = unique('t');
  const odd = { name, nobodyKnows: 1, retryDelaySeconds: '4', retryCount: null, taskStatusListenerEnabled: null };
  expect(await api('POST', '/metadata/taskdefs', [odd])).toMatchObject({ status: 200 });
  const def = await client.metadata.getTaskDef({ tasktype: name });
  expect(def).toMatchObject({ retryDelaySeconds: 4, retryCount: 0, taskStatusListenerEnabled: false });
  expect(def).not.toHaveProperty('nobodyKnows');
});

test('changes answer 200 with nothing, not even a type', async () => {
  const name = unique('t');
  const nothing = { status: 200, type: null, length: '0', json: undefined };
  expect(await api('POST', '/metadata/taskdefs', [{ name }])).toEqual(nothing);
  expect(await api('PUT', '/metadata/taskdefs', { name })).toEqual(nothing);
  expect(await api('DELETE', `/metadata/taskdefs/${name}`)).toEqual(nothing);
});

test('unknown names are refused, each call in its own words', async () => {
  const name = unique('nope');
  expect(await refused(`GET /api/metadata/taskdefs/${name}`)).toEqual(
    refusal(404, `No such taskType found by name: ${name}`),
  );
  expect(await refused('PUT /api/metadata/taskdefs', { name })).toEqual(refusal(404, `No such task by name ${name}`));
  expect(await refused(`DELETE /api/metadata/taskdefs/${name}`)).toEqual(refusal(500, 'No such task definition'));
});

test.each<[string, string, unknown, string]>([
  ['an object in place of the list', 'POST', { name: 'a' }, 'JSON parse error: Cannot deserialize value of type'],
  ['a list in place of the object', 'PUT', [{ name: 'a' }], 'JSON parse error: Cannot deserialize value of type'],
  ['an unknown word', 'POST', [{ name: 'a', timeoutPolicy: 'NOPE' }], 'JSON parse error: Cannot deserialize value of'],
  ['a text in place of a number', 'POST', [{ name: 'a', retryCount: 'x' }], 'JSON parse error: Cannot deserialize'],
  ['no body', 'POST', undefined, 'Required request body is missing: public'],
  ['broken JSON', 'POST', '[{', 'JSON parse error: '],
])('%s cannot be read, which is a 500', async (_, method, body, beginning) => {
  expect(await refused(`${method} /api/metadata/taskdefs`, body)).toEqual(refusal(500, begins(beginning)));
});
