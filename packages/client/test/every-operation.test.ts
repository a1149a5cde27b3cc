import { type ConductorTestServer, type ReceivedRequest, startConductorServer } from '@conductor-ts/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as functions from '../src/generated/functions.gen.ts';
import { type ConductorClient, createConductorClient, InvalidRequestError } from '../src/index.ts';
import { type DescribedOperation, describedOperations, schemaOf } from './every-operation/described-operations.ts';
import { type SampleRequest, sampleRequest } from './every-operation/sample-request.ts';
import { schemaFaults } from './every-operation/schema-faults.ts';

/** The server shows no secrets in what it received. */
const HIDDEN = '***';

type Call = (client: ConductorClient, params: object) => Promise<unknown>;

let server: ConductorTestServer;
let client: ConductorClient;
beforeAll(async () => {
  // It checks requests by rules of its own, and carries nothing out.
  server = await startConductorServer({ responder: 'all', maxRequestsPerConnection: 0 });
  client = await createConductorClient({ serverUrl: server.url, useEnvVars: false, refreshTokenInterval: 0 });
});
afterAll(async () => {
  await client.close();
  await server.close();
});

test('all operations are here', () => {
  expect(describedOperations.length).toBeGreaterThan(340);
  expect(new Set(describedOperations.map(({ name }) => name)).size).toBe(describedOperations.length);
});

test.each(named(describedOperations))(
  '$name sends the request that the API describes, and gives its answer',
  async ({ operation }) => {
    for (const extent of ['all', 'required'] as const) {
      const sample = sampleRequest(operation, extent);
      expectAnswer(operation, await functionOf(operation)(client, sample.params));
      expectRequest(operation, sample, last());
    }
  },
);

test.each(named(describedOperations))('client.$name sends the same', async ({ operation }) => {
  for (const extent of ['all', 'required'] as const) {
    const sample = sampleRequest(operation, extent);
    await functionOf(operation)(client, sample.params);
    const sent = last();
    expectAnswer(operation, await methodOf(client, operation)(sample.params));
    expect(facts(last())).toEqual(facts(sent));
  }
});

test.each(named(describedOperations.filter(({ path }) => path.includes('{'))))(
  '$name sends nothing for a path parameter that is missing or leads elsewhere',
  async ({ operation }) => {
    const { params } = sampleRequest(operation, 'required');
    const sent = (): number | undefined => server.counts().byOperation[operation.name];
    const before = sent();
    for (const { name } of operation.parameters.filter((one) => one.in === 'path')) {
      for (const value of ['', '.', '..', undefined]) {
        const call = functionOf(operation)(client, { ...params, [name]: value });
        await expect(call).rejects.toThrow(InvalidRequestError);
      }
    }
    expect(sent()).toBe(before);
  },
);

test.each(named(describedOperations.filter(({ body }) => body !== undefined && takesOneShape(body))))(
  '$name sends no body that is JSON text already, nor one of another shape',
  async ({ operation }) => {
    const { params } = sampleRequest(operation, 'all');
    const sent = (): number | undefined => server.counts().byOperation[operation.name];
    const before = sent();
    const { body } = params;
    for (const wrong of [JSON.stringify(body), Array.isArray(body) ? body[0] : [body], 7]) {
      await expect(functionOf(operation)(client, { ...params, body: wrong })).rejects.toMatchObject({
        name: 'InvalidRequestError',
        operation: operation.name,
        path: 'body',
      });
    }
    expect(sent()).toBe(before);
  },
);

test.each(named(describedOperations.filter(({ empty }) => empty !== undefined)))(
  '$name takes an answer without a body',
  async ({ operation }) => {
    const fault = server.faults.answer(200, { body: '' });
    const answer = await functionOf(operation)(client, sampleRequest(operation, 'required').params);
    fault.remove();
    expect(answer).toEqual(operation.empty === 'list' ? [] : undefined);
  },
);

/** An object or a list, and nothing else. */
function takesOneShape({ type, schema }: NonNullable<DescribedOperation['body']>): boolean {
  const { type: shape, allOf } = schemaOf(schema);
  return type === 'application/json' && (shape === 'object' || shape === 'array' || allOf !== undefined);
}

function named(operations: readonly DescribedOperation[]): { name: string; operation: DescribedOperation }[] {
  return operations.map((operation) => ({ name: operation.name, operation }));
}

function functionOf({ group, method }: DescribedOperation): Call {
  const name = `${group}${method.charAt(0).toUpperCase()}${method.slice(1)}`;
  const found = (functions as unknown as Record<string, Call>)[name];
  if (found === undefined) throw new Error(`There is no function ${name}`);
  // Where there are no parameters at all, the options come first.
  return (from, params) =>
    found.length < 3 ? (found as (from: object) => Promise<unknown>)(from) : found(from, params);
}

function methodOf(from: ConductorClient, { group, method, name }: DescribedOperation): (p: object) => Promise<unknown> {
  const found = (from as unknown as Record<string, Record<string, (params?: object) => Promise<unknown>>>)[group]?.[
    method
  ];
  if (found === undefined) throw new Error(`There is no client.${name}`);
  return (params) => (Object.keys(params).length === 0 ? found() : found(params));
}

function last(): ReceivedRequest {
  const request = server.received.at(-1);
  if (request === undefined) throw new Error('Nothing was received');
  return request;
}

function facts({ method, path, query, headers, body }: ReceivedRequest): object {
  return { method, path, query, headers, body };
}

function expectRequest(operation: DescribedOperation, wanted: SampleRequest, got: ReceivedRequest): void {
  expect([got.operation, got.method, got.status]).toEqual([operation.name, operation.httpMethod, 200]);

  // Nothing that means something in a URL is left as it is (RFC 3986: unreserved characters and percent-encodings).
  expect(got.path).toMatch(/^(?:\/[\w.~!'()*%-]*)+$/);
  expect(got.path.split('/').map(decodeURIComponent)).toEqual(wanted.path);

  expect(got.query).toMatch(/^(?:[\w.~!'()*%-]+=[\w.~!'()*%-]*(?:&|$))*$/);
  expect(pairsOf(got.query)).toEqual(wanted.query.map((pair) => JSON.stringify(pair)).sort());

  for (const [name, value] of Object.entries(wanted.headers)) {
    expect([name, got.headers[name]]).toEqual([name, name === 'authorization' ? HIDDEN : value]);
  }
  const known = operation.parameters.filter((one) => one.in === 'header').map(({ name }) => name.toLowerCase());
  const absent = known.filter((name) => !(name in wanted.headers) && name in got.headers);
  expect(absent).toEqual([]);

  expectBody(operation, wanted.body, got);
}

/** Each `name=value`, in one order. */
function pairsOf(query: string): string[] {
  const pairs = query === '' ? [] : query.split('&');
  return pairs.map((pair) => JSON.stringify(pair.split('=').map(decodeURIComponent))).sort();
}

function expectBody({ body }: DescribedOperation, wanted: unknown, got: ReceivedRequest): void {
  if (wanted === undefined) return expect([got.headers['content-type'], got.body]).toEqual([undefined, '']);
  expect(got.headers['content-type']?.split(';')[0]).toBe(body?.type);
  if (wanted instanceof Uint8Array) expect(got.bodyBytes).toBe(wanted.byteLength);
  else if (body?.type === 'application/json') expect(JSON.parse(got.body)).toEqual(withoutSecret(wanted));
  else expect(got.body).toBe(wanted);
}

function withoutSecret(body: unknown): unknown {
  const hasSecret = typeof body === 'object' && body !== null && 'keySecret' in body;
  return hasSecret ? { ...body, keySecret: HIDDEN } : body;
}

function expectAnswer({ answer }: DescribedOperation, value: unknown): void {
  if (answer === undefined) expect(value).toBeUndefined();
  else if (answer.type === 'text/plain') expect(value).toBeTypeOf('string');
  else if (answer.type === 'application/octet-stream') expect(value).toBeInstanceOf(Uint8Array);
  else expect(schemaFaults(answer.schema, value)).toEqual([]);
}
