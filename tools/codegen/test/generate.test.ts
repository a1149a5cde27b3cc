import { expect, test } from 'vitest';
import type { Document } from '../src/document.ts';
import { generate } from '../src/generate.ts';
import { loadDocument } from '../src/load-document.ts';
import { beside, compile } from './compile.ts';
import { operation, sampleDocument } from './sample-document.ts';

test('the output compiles under the strictest settings, and callers get exact types', { timeout: 60_000 }, async () => {
  const files = new Map(beside(await generateSample()));
  files.set(
    'use.ts',
    `import type { Caller } from './runtime/caller.ts';
     import type { Groups } from './generated/groups.gen.ts';
     import { orderGet } from './generated/functions.gen.ts';
     import type { Order } from './generated/types.gen.ts';
     export async function use(caller: Caller, { order, server }: Groups): Promise<void> {
       const one: Order | undefined = await order.get({ orderId: '1', full: undefined }, { timeoutMs: 5 });
       const same: Order | undefined = await orderGet(caller, { orderId: '1' });
       const id: string = await order.create({ body: { any: 'thing' }, 'X-Idempotency-key': 'k' });
       const id2: string = await order.create();
       const list: Order[] = await order.list({ state: ['OPEN', 'A_STATE_OF_TOMORROW'] });
       const nothing: void = await server.ping({ timeoutMs: 5 });
       const fresh: Order = { id: '1', state: undefined, waitTime: 4, 'odd-name': { a: 1 } };
       void [one, same, id, id2, list, nothing, fresh];
       // @ts-expect-error the id is missing
       await order.get({});
       // @ts-expect-error no such parameter
       await order.list({ status: ['OPEN'] });
       // @ts-expect-error the id of an order is no number
       await order.get({ orderId: 1 });
     }`,
  );
  expect(compile(files)).toEqual([]);
});

test('the same document gives the same text', async () => {
  expect(await generateSample()).toEqual(await generateSample());
});

test('each file names the command that makes it in its first line', async () => {
  for (const text of (await generateSample()).values()) {
    expect(text.split('\n')[0]).toBe(
      '// Made by `pnpm turbo run generate` from packages/client/openapi. Not to be edited.',
    );
  }
});

test('an operation is a call that a bundler may drop, with details where it has some', async () => {
  const text = (await generateSample()).get('operations.gen.ts');
  expect(text).toContain(
    `export const orderGetOperation: Operation = /* @__PURE__ */ defineOperation('order.get', 'GET', '/api/orders/{orderId}', 'safe', 'both', 'json', {
  queryParams: ['full'],
  empty: 'nothing',
});`,
  );
  expect(text).toContain(`'keyed', 'both', 'text', {
  queryParams: ['waitMs'],
  headerParams: ['X-Idempotency-key'],
  body: 'json',
  bodySentWhenAbsent: true,
  idempotencyKey: 'header',
  wait: { param: 'waitMs', unit: 'ms', defaultValue: 100 },
});`);
});

test('path parameters stand in the order of the path, whatever the order of their declaration', async () => {
  const parameters = ['b', 'a'].map((name) => ({
    name,
    in: 'path',
    description: 'A part.',
    required: true,
    schema: { type: 'string' },
  }));
  const files = await generate(load(sampleDocument({ '/x/{a}/y/{b}': { put: operation({ parameters }) } })));
  const text = files.get('operations.gen.ts');
  expect(text).toContain(`'/x/{a}/y/{b}'`);
  expect(files.get('params.gen.ts')?.indexOf('  a: string')).toBeLessThan(
    files.get('params.gen.ts')?.indexOf('  b: string') ?? 0,
  );
});

test('a value for path and query is one parameter for the caller', async () => {
  const id = { name: 'id', description: 'An id.', schema: { type: 'string' } };
  const parameters = [
    { ...id, in: 'path', required: true },
    { ...id, in: 'query', 'x-conductor-same-as-path': true },
  ];
  const files = await generate(load(sampleDocument({ '/x/{id}': { put: operation({ parameters }) } })));
  expect(files.get('operations.gen.ts')).toContain(`'/x/{id}', 'unsafe', 'both', 'void', {\n  queryParams: ['id'],\n}`);
  expect(files.get('params.gen.ts')).toContain(`ThingActParams {\n  /** An id. */\n  id: string;\n}`);
});

test('a map of query parameters is told apart from a query parameter', async () => {
  const parameters = [
    { name: 'q', in: 'query', description: 'A word.', schema: { type: 'string' } },
    {
      name: 'more',
      in: 'query',
      description: 'More of them.',
      schema: { type: 'object', additionalProperties: { type: 'string' } },
    },
  ];
  const files = await generate(load(sampleDocument({ '/x': { put: operation({ parameters }) } })));
  expect(files.get('operations.gen.ts')).toContain(`  queryParams: ['q'],\n  queryMaps: ['more'],\n`);
  expect(files.get('params.gen.ts')).toContain('more?: { [key: string]: string } | undefined;');
});

test('bytes are taken in every form that they come in, and given as an array of them', async () => {
  const content = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };
  const requestBody = { description: 'A file.', required: true, content };
  const put = operation({ requestBody, responses: { '200': { description: 'It.', content } } });
  const files = await generate(load(sampleDocument({ '/x': { put } })));
  expect(files.get('params.gen.ts')).toContain('body: Uint8Array | ArrayBuffer | string;');
  expect(files.get('groups.gen.ts')).toContain('readonly act: Method<ThingActParams, Uint8Array>;');
});

test('what the caller must give is written at the operation: a body without a default, and parameters beside the path', async () => {
  const parameters = ['must', 'may'].map((name) => ({
    name,
    in: 'query',
    description: 'A word.',
    required: name === 'must',
    schema: { type: 'string' },
  }));
  const content = { 'application/json': { schema: { type: 'object', additionalProperties: true } } };
  const requestBody = { description: 'It.', required: true, content };
  const put = operation({ parameters, requestBody });
  const files = await generate(load(sampleDocument({ '/x': { put } })));
  expect(files.get('operations.gen.ts')).toContain(
    `  queryParams: ['must', 'may'],\n  requiredParams: ['must'],\n  body: 'json',\n  bodyRequired: true,\n`,
  );
});

test('a schema keeps its name, whatever its capitals', async () => {
  const sample = sampleDocument();
  const schemas = {
    ...sample.components.schemas,
    A2ACard: { description: 'A card.', type: 'object', properties: { id: { description: 'Its id.', type: 'string' } } },
  };
  const get = operation({
    responses: {
      '200': {
        description: 'It.',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/A2ACard' } } },
      },
    },
  });
  const files = await generate(load({ ...sample, paths: { ...sample.paths, '/x': { get } }, components: { schemas } }));
  expect(files.get('types.gen.ts')).toContain('export type A2ACard = {');
});

test('the comment of a method says which server has it and whether it may be sent twice', async () => {
  const parameters = [{ name: 'force', in: 'query', description: 'Whether so.', schema: { type: 'boolean' } }];
  const marks = {
    'x-conductor-server': 'orkes',
    'x-conductor-replay-when': [{ param: 'force', is: true, replay: 'safe' }],
  };
  const files = await generate(
    load(sampleDocument({ '/x': { put: operation({ parameters, ...marks, description: 'Ends here: */' }) } })),
  );
  expect(files.get('groups.gen.ts')).toContain(`export interface ThingGroup {
  /**
   * Does something.
   *
   * Ends here: *\\/
   *
   * \`PUT /x\`, on Orkes Conductor only.
   * Replay: not sent again when it may have been processed. With \`force: true\` it is safe.
   *
   * @param params.force Whether so.
   */
  readonly act: LooseMethod<ThingActParams, void>;`);
});

test('the table of all operations is in a file of its own, which no other file imports', async () => {
  const files = await generateSample();
  expect(files.get('operation-table.gen.ts')).toContain(
    `export const operationTable: Readonly<Record<string, string>> = {\n  order:\n    '`,
  );
  for (const text of files.values()) expect(text).not.toContain(`from './operation-table.gen.ts'`);
});

function generateSample(): Promise<ReadonlyMap<string, string>> {
  return generate(load(sampleDocument()));
}

function load(document: Document): Document {
  return loadDocument([{ file: 'sample.yaml', content: document }]);
}
