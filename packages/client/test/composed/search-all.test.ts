import { startConductorServer } from '@conductor-ts/testing';
import { expect, test } from 'vitest';
import { type ConductorClient, createConductorClient, noopLogger } from '../../src/index.ts';

test('every execution comes once over all pages, and reading can go on elsewhere', async () => {
  await using server = await startConductorServer();
  await using client = await createConductorClient({ serverUrl: server.url, useEnvVars: false, logger: noopLogger });
  await registerOrder(client);
  const started = new Set<string>();
  for (let index = 0; index < 7; index += 1) started.add(await client.workflow.start({ body: { name: 'order' } }));

  const found: string[] = [];
  for await (const { workflowId } of client.workflow.searchAll({ query: 'workflowType = order', size: 3 })) {
    found.push(workflowId);
  }
  expect(found).toHaveLength(7);
  expect(new Set(found)).toEqual(started);

  const first = await client.workflow.searchAll({ query: 'workflowType = order', size: 3 }).pages().next();
  const rest = await client.workflow.searchAll({ size: 3, start: first.value?.next }).toArray();
  expect(rest).toHaveLength(4);
  expect(await client.workflow.searchAllV2({ size: 2 }).toArray()).toHaveLength(7);
  const [workflowId = ''] = started;
  expect(await client.workflow.getAllTasks({ workflowId, count: 1 }).toArray()).toHaveLength(1);
});

test('leaving the loop or aborting it asks the server for nothing more', async () => {
  await using server = await startConductorServer();
  await using client = await createConductorClient({ serverUrl: server.url, useEnvVars: false, logger: noopLogger });
  await registerOrder(client);
  for (let index = 0; index < 9; index += 1) await client.workflow.start({ body: { name: 'order' } });
  const searches = (): number => server.received.filter(({ path }) => path === '/api/workflow/search').length;

  let seen = 0;
  for await (const _ of client.workflow.searchAll({ size: 3 })) if ((seen += 1) === 4) break;
  expect(searches()).toBe(2);

  const controller = new AbortController();
  const aborted = async (): Promise<void> => {
    for await (const _ of client.workflow.searchAll({ size: 3 }, { signal: controller.signal }))
      controller.abort('done');
  };
  await expect(aborted()).rejects.toBe('done');
  expect(searches()).toBe(3);
});

async function registerOrder(client: ConductorClient): Promise<void> {
  const tasks = [{ name: 'pack', taskReferenceName: 'pack', type: 'SIMPLE' }];
  await client.metadata.registerWorkflowDef({
    body: { name: 'order', version: 1, timeoutSeconds: 0, ownerEmail: 'a@b.c', tasks },
    overwrite: true,
  });
}
