import { startConductorServer } from '@conductor-ts/testing';
import { expect, test } from 'vitest';
import { createConductorClient, noopLogger } from '../../src/index.ts';

test('every execution comes once over all pages, and reading can go on elsewhere', async () => {
  await using server = await startConductorServer();
  await using client = await createConductorClient({ serverUrl: server.url, useEnvVars: false, logger: noopLogger });
  const tasks = [{ name: 'pack', taskReferenceName: 'pack', type: 'SIMPLE' }];
  await client.metadata.registerWorkflowDef({
    body: { name: 'order', version: 1, timeoutSeconds: 0, ownerEmail: 'a@b.c', tasks },
    overwrite: true,
  });
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
