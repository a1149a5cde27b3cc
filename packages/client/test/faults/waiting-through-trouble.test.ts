import { startConductorServer } from '@conductor-ts/testing';
import { expect, test } from 'vitest';
import { workflowGetOperation } from '../../src/generated/operations.gen.ts';
import { waitForWorkflow } from '../../src/composed/workflow-wait-for.ts';
import { createConductorClient, noopLogger } from '../../src/index.ts';

/** Time that passes only where the wait sleeps, and what happens meanwhile. */
function ownTime(meanwhile: (pause: number) => Promise<void>): {
  readonly time: { now: () => number; sleep: (ms: number) => Promise<void> };
  readonly pauses: number[];
} {
  let nowMs = 0;
  const pauses: number[] = [];
  const sleep = async (ms: number): Promise<void> => {
    nowMs += ms;
    pauses.push(ms);
    await meanwhile(pauses.length);
  };
  return { time: { now: () => nowMs, sleep }, pauses };
}

test('a wait goes on over refused, reset, broken and lost polls and a server that is away, asks at most once a second, and gives the typed end', async () => {
  await using server = await startConductorServer();
  await using client = await createConductorClient(
    { serverUrl: server.url, useEnvVars: false, logger: noopLogger },
    undefined,
    { retry: { maxTransportRetries: 0, maxRateLimitRetries: 0 } },
  );
  await client.metadata.registerWorkflowDef({
    body: {
      name: 'order',
      version: 1,
      timeoutSeconds: 0,
      ownerEmail: 'a@b.c',
      tasks: [{ name: 'pay', taskReferenceName: 'pay', type: 'SIMPLE' }],
      outputParameters: { paid: '${pay.output.paid}' },
    },
  });
  const workflowId = await client.workflow.start({ body: { name: 'order' } });
  const path = `/api/workflow/${workflowId}`;
  const before = server.received.length;
  const troubles: readonly (() => Promise<void> | void)[] = [
    () => undefined,
    () => void server.faults.answer(429, { path, times: 1 }),
    () => void server.faults.answer(503, { path, times: 1 }),
    () => void server.faults.resetConnections({ path, times: 1 }),
    () => void server.faults.answer(502, { path, times: 1, body: '<html>Bad gateway</html>' }),
    () => server.faults.refuseConnections(),
    () => server.faults.acceptConnections(),
    async () => {
      const task = await client.task.poll({ tasktype: 'pay' });
      const result = { workflowInstanceId: workflowId, taskId: task?.taskId ?? '', outputData: { paid: true } };
      await client.task.update({ body: { ...result, status: 'COMPLETED' } });
    },
  ];
  const { time, pauses } = ownTime(async (pause) => troubles[pause - 1]?.());
  const wait = { poll: workflowGetOperation, workflowId, operation: 'workflow.waitFor', firstPollMs: 0 };
  const done = await waitForWorkflow<{ paid: boolean }, object>(client, wait, {}, time);
  expect(done.output.paid).toBe(true);
  expect(pauses).toHaveLength(troubles.length);
  expect(Math.min(...pauses.slice(1))).toBeGreaterThanOrEqual(1_000);
  const polls = server.received.slice(before).filter((request) => request.path === path);
  expect(polls.length).toBeLessThanOrEqual(troubles.length);
});
