import { type ConductorClient, createConductorClient } from '@conductor-ts/client';
import { type ConductorTestServer, startConductorServer } from '@conductor-ts/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** The code under test: charges for an order, by a task of type `charge`. */
async function chargeNext(client: ConductorClient): Promise<boolean> {
  const task = await client.task.poll<{ amount: number }>({ tasktype: 'charge' });
  if (task === undefined) return false;
  const { taskId, workflowInstanceId, inputData } = task;
  const outputData = { receipt: `paid ${inputData.amount}` };
  await client.task.update({ body: { taskId, workflowInstanceId, status: 'COMPLETED', outputData } });
  return true;
}

let server: ConductorTestServer;
let client: ConductorClient;
beforeEach(async () => {
  server = await startConductorServer();
  client = await createConductorClient({ serverUrl: server.url, useEnvVars: false });
  const tasks = [
    {
      name: 'charge',
      taskReferenceName: 'charge',
      type: 'SIMPLE',
      inputParameters: { amount: '${workflow.input.amount}' },
    },
  ];
  await client.metadata.registerWorkflowDef({ body: { name: 'order', timeoutSeconds: 0, tasks } });
});
afterEach(async () => {
  await client.close();
  await server.close();
});

test('an order is charged', async () => {
  const workflowId = await client.workflow.start({ body: { name: 'order', input: { amount: 5 } } });
  expect(await chargeNext(client)).toBe(true);
  expect(await client.workflow.get({ workflowId })).toMatchObject({
    status: 'COMPLETED',
    output: { receipt: 'paid 5' },
  });
});

test('without an order nothing happens', async () => {
  expect(await chargeNext(client)).toBe(false);
});

test('a report whose connection breaks is sent again, and counts once', async () => {
  const workflowId = await client.workflow.start({ body: { name: 'order', input: { amount: 5 } } });
  server.faults.add({ match: { operation: 'task.update' }, times: 1, fault: { kind: 'reset', at: 'before-handling' } });
  await chargeNext(client);
  expect(server.counts().byOperation['task.update']).toBe(2);
  expect((await client.workflow.get({ workflowId })).status).toBe('COMPLETED');
});
