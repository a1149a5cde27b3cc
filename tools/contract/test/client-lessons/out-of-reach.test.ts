import {
  ConductorApiError,
  type ConductorSdkError,
  createConductorClient,
  InvalidRequestError,
  OSS_LONGEST_POLL_MS,
} from '@conductor-ts/client';
import { createTransport } from '@conductor-ts/transport';
import { afterAll, expect, test } from 'vitest';
import { failureOf, judged, raw } from './failure-of.ts';

/** Counts what is sent, so that "refused before it is sent" can be seen. */
const transport = createTransport();
const sent: string[] = [];
const client = await createConductorClient({ serverUrl: judged.url, useEnvVars: false }, (input, init) => {
  sent.push(new URL(input instanceof Request ? input.url : input).pathname);
  return transport.fetch(input, init);
});
afterAll(async () => {
  await client.close();
  await transport.close();
});

/** How a call fails that must not be sent; only the question which server this is may be. */
async function unsent(call: () => Promise<unknown>): Promise<ConductorSdkError> {
  const before = sent.length;
  const error = await failureOf(call());
  expect(sent.slice(before).filter((path) => path !== '/api/token')).toEqual([]);
  return error;
}

test.each(['a/b', 'a\\b', 'a\0b'])(
  'the server cannot be asked for the name %j: the client says so first',
  async (name) => {
    expect(await raw('GET', `/api/metadata/taskdefs/${encodeURIComponent(name)}`)).toMatchObject({
      status: 400,
      type: expect.stringMatching(/^text\/html/),
    });
    const error = await unsent(() => client.metadata.getTaskDef({ tasktype: name }));
    expect(error).toBeInstanceOf(InvalidRequestError);
    expect(error).toMatchObject({ path: 'tasktype', operation: 'metadata.getTaskDef' });
  },
);

test.each(['a;b', 'a%b', 'a%2Fb', 'a b', 'ä', 'a:b', 'a?b#c', '"a"'])('the name %j arrives as it is', async (name) => {
  const error = await failureOf(client.metadata.getTaskDef({ tasktype: name }));
  expect(error).toBeInstanceOf(ConductorApiError);
  expect((error as ConductorApiError).serverMessage).toBe(`No such taskType found by name: ${name}`);
});

test('a batch poll of more than 5 s is refused by the server, and by the client first', async () => {
  const path = '/api/tasks/poll/batch/nobody?count=1&timeout=';
  expect((await raw('GET', `${path}${OSS_LONGEST_POLL_MS + 1}`)).status).toBe(400);
  const error = await unsent(() => client.task.pollBatch({ tasktype: 'nobody', timeout: OSS_LONGEST_POLL_MS + 1 }));
  expect(error).toMatchObject({ code: 'INVALID_REQUEST', path: 'timeout' });
});

test('a query of more than 8 KiB is refused by the server, and by the client first', async () => {
  const freeText = 'x'.repeat(8_192);
  expect(await raw('GET', `/api/workflow/search?freeText=${freeText}`)).toMatchObject({
    status: 400,
    type: expect.stringMatching(/^text\/html/),
  });
  const error = await unsent(() => client.workflow.search({ freeText }));
  expect(error).toMatchObject({ code: 'INVALID_REQUEST', path: 'freeText' });
});

test('a query that just fits is sent and answered', async () => {
  // The request line and the headers that the transport adds take up the rest.
  await expect(client.workflow.search({ freeText: 'x'.repeat(7_900) })).resolves.toBeDefined();
});
