import { type ConductorTestServer, startConductorServer } from '@conductor-ts/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as functions from '../../src/generated/functions.gen.ts';
import { AmbiguousRequestError, type ConductorClient, createConductorClient, noopLogger } from '../../src/index.ts';
import { type DescribedOperation, describedOperations } from '../every-operation/described-operations.ts';
import { type SampleRequest, sampleRequest } from '../every-operation/sample-request.ts';

let server: ConductorTestServer;
let client: ConductorClient;
beforeAll(async () => {
  server = await startConductorServer({ responder: 'all', maxRequestsPerConnection: 0 });
  client = await createConductorClient(
    { serverUrl: server.url, useEnvVars: false, refreshTokenInterval: 0, logger: noopLogger },
    undefined,
    { retry: { retryBudget: false, sleep: async () => undefined } },
  );
});
afterAll(async () => {
  await client.close();
  await server.close();
});

test('the marks are of all three kinds', () => {
  const count = (mark: string): number => describedOperations.filter(({ replay }) => replay === mark).length;
  expect(count('safe')).toBeGreaterThan(200);
  expect(count('unsafe')).toBeGreaterThan(40);
  expect(count('keyed')).toBeGreaterThan(3);
});

test.each(describedOperations.map((operation) => ({ name: operation.name, operation })))(
  'when the answer of $name is lost, it is sent again only where it may be done twice',
  async ({ name, operation }) => {
    const sample = sampleRequest(operation, 'required');
    const lost = server.faults.loseAnswers({ operation: name, times: 1 });
    const before = server.counts().byOperation[name] ?? 0;
    const outcome = await call(operation, sample).catch((error: unknown) => error);
    const received = (server.counts().byOperation[name] ?? 0) - before;
    lost.remove();
    if (markOf(operation, sample) === 'safe') {
      expect(received).toBe(2);
      expect(outcome).not.toBeInstanceOf(Error);
    } else {
      // No key is given here.
      expect(received).toBe(1);
      expect(outcome).toBeInstanceOf(AmbiguousRequestError);
      expect(outcome).toMatchObject({ operation: name, mayHaveBeenProcessed: true, attempts: 1 });
    }
  },
);

/** As the API source has it: the mark, unless a parameter changes it. */
function markOf({ replay, replayWhen }: DescribedOperation, { params }: SampleRequest): string | undefined {
  const body = params['body'] as Record<string, unknown> | undefined;
  const valueOf = (param: string): unknown =>
    param.startsWith('body.') ? body?.[param.slice('body.'.length)] : params[param];
  return replayWhen.find(({ param, is }) => valueOf(param) === is)?.replay ?? replay;
}

function call({ group, method }: DescribedOperation, { params }: SampleRequest): Promise<unknown> {
  const name = `${group}${method.charAt(0).toUpperCase()}${method.slice(1)}`;
  const found = (
    functions as unknown as Record<string, (client: ConductorClient, params?: object) => Promise<unknown>>
  )[name];
  if (found === undefined) throw new Error(`There is no function ${name}`);
  return found.length < 3 ? found(client) : found(client, params);
}
