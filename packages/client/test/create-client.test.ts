import { startConductorServer } from '@conductor-ts/testing';
import { wrapFetchWithRetry } from '@conductor-ts/retry';
import { expect, test } from 'vitest';
import { ConductorApiError, createClient, metadataGetTaskDefs, workflowGet } from '../src/index.ts';

test('functions work over the fetch of the platform, with the same errors', async () => {
  await using server = await startConductorServer();
  const client = createClient({ fetch, baseUrl: `${server.url}/` });
  expect(await metadataGetTaskDefs(client)).toEqual([]);
  const { error, response } = await workflowGet(client, { workflowId: 'w' }, { throwOnError: false });
  expect(error).toBeInstanceOf(ConductorApiError);
  expect(error).toMatchObject({ code: 'NOT_FOUND', operation: 'workflow.get' });
  expect(response?.status).toBe(404);
});

test('retries come with the fetch', async () => {
  await using server = await startConductorServer();
  server.faults.answer(429, { path: '/api/metadata/taskdefs', times: 1 });
  const client = createClient({ fetch: wrapFetchWithRetry(fetch, { initialRetryDelay: 1 }), baseUrl: server.url });
  const { response } = await metadataGetTaskDefs(client, {}, { withResponse: true });
  expect(response.attempts).toBe(2);
});

test('an abort ends a call with its own reason, also where the fetch rejects with another', async () => {
  const client = createClient({ fetch, baseUrl: 'http://127.0.0.1:1' });
  await expect(metadataGetTaskDefs(client, {}, { signal: AbortSignal.abort('enough') })).rejects.toBe('enough');
});
