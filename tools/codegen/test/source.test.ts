import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { generate } from '../src/generate.ts';
import { eachOperation } from '../src/lint/each-operation.ts';
import { loadDocument } from '../src/load-document.ts';
import { readSource } from '../src/read-source.ts';
import { beside, compile } from './compile.ts';

const document = loadDocument(readSource(resolve(import.meta.dirname, '../../../packages/client/openapi')));
const operations = new Map(
  [...eachOperation(document)].map(({ operation, ...rest }) => [
    `${operation['x-conductor-group']}.${operation['x-conductor-method']}`,
    { ...rest, ...operation },
  ]),
);

test('the input of a start and the output of a task are objects where they stand in a body: text is refused before it is sent', () => {
  const found = [...operations].flatMap(([name, operation]) => {
    const schema = operation.requestBody?.content?.['application/json']?.schema;
    const named = document.components.schemas[schema?.$ref?.split('/').at(-1) ?? ''];
    const properties = (named?.['properties'] ?? {}) as Readonly<Record<string, { readonly type?: string }>>;
    return ['input', 'outputData']
      .filter((property) => property in properties)
      .map((property) => `${name} ${property} ${properties[property]?.type}`);
  });
  expect(found).toEqual(
    expect.arrayContaining([
      'task.update outputData object',
      'task.updateAndPoll outputData object',
      'workflow.execute input object',
      'workflow.start input object',
    ]),
  );
});

test('what is made of the source compiles under the strictest settings', { timeout: 60_000 }, async () => {
  expect(compile(beside(await generate(document)))).toEqual([]);
});

test('what dequeues, starts, signals or logs is never safe to send twice', () => {
  const unsafe = [
    /^(?:workflow|bulk|agent)\.(?:bulk)?(?:start|execute|re(?:try|start|run)|jump|push)/i,
    /^task\.(?:poll(?!Data)|updateAndPoll|updateByRef|signal|addLog)/,
    /^agent\.(?:signal|respond|inject|updateTask)/,
    /^human\.(?:claim|release|reassign|skip|updateByRef)/,
    /^(?!token)\w+\.(?:create|send|record|notify|handleIncoming|toggle|requeueAll)/,
  ];
  const wrong = [...operations].filter(
    ([name, o]) => unsafe.some((pattern) => pattern.test(name)) && o['x-conductor-replay'] === 'safe',
  );
  expect(wrong.map(([name]) => name)).toEqual([]);
});

test('reads, searches, the report of a task and what sets a state are safe to send twice', () => {
  const safe = ['workflow.get', 'workflow.search', 'workflow.getByCorrelationIds', 'workflow.terminate', 'task.update'];
  for (const name of [...safe, 'metadata.registerTaskDefs', 'bulk.pause', 'token.create']) {
    expect([name, operations.get(name)?.['x-conductor-replay']]).toEqual([name, 'safe']);
  }
});

test('a start is safe to send twice only with a key, which only Orkes enforces', () => {
  const keyed = [...operations].filter(([, o]) => o['x-conductor-replay'] === 'keyed').map(([name]) => name);
  expect(keyed.sort()).toEqual([
    'workflow.execute',
    'workflow.executeByGet',
    'workflow.executeByName',
    'workflow.start',
    'workflow.startByName',
    'workflow.startVersion',
  ]);
});

test('creating a workflow definition is safe to send twice only where it overwrites', () => {
  const create = operations.get('metadata.registerWorkflowDef');
  expect(create?.['x-conductor-replay']).toBe('unsafe');
  expect(create?.['x-conductor-replay-when']).toContainEqual({ param: 'overwrite', is: true, replay: 'safe' });
});

test('each operation that makes the server wait says so, with its unit', () => {
  const waits = [...operations].flatMap(([name, o]) => {
    const wait = o['x-conductor-wait'];
    return wait === undefined ? [] : [[name, `${wait.param} in ${wait.unit}`]];
  });
  expect(Object.fromEntries(waits)).toEqual({
    'task.pollBatch': 'timeout in ms',
    'task.signalSync': 'timeoutMillis in ms',
    'workflow.execute': 'waitForSeconds in s',
    'workflow.executeByGet': 'waitForSeconds in s',
    'workflow.executeByName': 'waitForSeconds in s',
    'workflow.updateState': 'waitForSeconds in s',
  });
});

test('what is not below /api is at the root of the server', () => {
  const outside = [...operations.values()].filter(({ path }) => !path.startsWith('/api/'));
  expect([...new Set(outside.map(({ path }) => path))].sort()).toEqual(['/context.js', '/health', '/webhook/{id}']);
});

test('one call that the servers take by different methods is two operations, each with its server', () => {
  for (const verb of ['pause', 'resume']) {
    const byPut = operations.get(`scheduler.${verb}ByPut`);
    const byGet = operations.get(`scheduler.${verb}ByGet`);
    expect([byPut?.httpMethod, byPut?.['x-conductor-server']]).toEqual(['put', 'oss']);
    expect([byGet?.httpMethod, byGet?.['x-conductor-server']]).toEqual(['get', 'orkes']);
    expect(byPut?.path).toBe(byGet?.path);
  }
});

test('a save that makes a new version each time is not safe to send twice', () => {
  const makesVersions = [...operations].filter(([, o]) =>
    o.parameters?.some(({ name }) => name === 'newVersion' || name === 'autoIncrement'),
  );
  expect(makesVersions.length).toBeGreaterThan(5);
  for (const [name, o] of makesVersions) {
    const rules = o['x-conductor-replay-when']?.filter(({ param }) => /^(?:newVersion|autoIncrement)$/.test(param));
    expect([name, rules?.map(({ is, replay }) => [is, replay])]).toEqual([name, [[true, 'unsafe']]]);
  }
});

test('no group has the name of an object that the published SDK had on its client', () => {
  const groups = new Set([...operations.keys()].map((name) => name.split('.')[0]));
  expect([...groups].filter((group) => /Resource$|^humanTask$/.test(group ?? ''))).toEqual([]);
});
