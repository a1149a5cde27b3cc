import { expect, test } from 'vitest';
import { type ConductorTestServer, startConductorServer } from '../../src/index.ts';
import { call } from '../call.ts';

test.each(['TARGET_WORKFLOW', 'BLOCKING_WORKFLOW'])(
  '%s: the workflow as it is, as soon as a WAIT holds it',
  async (strategy) => {
    await using server = await given([{ name: 'w', taskReferenceName: 'w', type: 'WAIT' }]);
    expect(await execute(server, `returnStrategy=${strategy}`)).toMatchObject({
      status: 200,
      body: { responseType: strategy, signalTimeout: false, status: 'RUNNING', tasks: [{ referenceTaskName: 'w' }] },
    });
  },
);

test.each(['BLOCKING_TASK', 'BLOCKING_TASK_INPUT'])('%s: the WAIT task', async (strategy) => {
  await using server = await given([{ name: 'w', taskReferenceName: 'w', type: 'WAIT', inputParameters: { a: 1 } }]);
  const { body } = await execute(server, `returnStrategy=${strategy}`);
  expect(body).toMatchObject({ responseType: strategy, taskType: 'WAIT', referenceTaskName: 'w', input: { a: 1 } });
  expect(body).not.toHaveProperty('tasks');
});

test('a wait that is over says so, and a task is not there to be given', async () => {
  await using server = await given([{ name: 'a', taskReferenceName: 'a', type: 'SIMPLE' }]);
  expect(await execute(server, 'waitForSeconds=0')).toMatchObject({ status: 200, body: { signalTimeout: true } });
  expect(await execute(server, 'waitForSeconds=0&returnStrategy=BLOCKING_TASK')).toMatchObject({ status: 500 });
});

test('an unknown strategy is refused before anything is started', async () => {
  await using server = await given([{ name: 'a', taskReferenceName: 'a', type: 'SIMPLE' }]);
  expect(await execute(server, 'returnStrategy=NOPE')).toMatchObject({ status: 500 });
  expect(server.engine.stats().workflowsStarted).toBe(0);
});

async function given(tasks: unknown[]): Promise<ConductorTestServer> {
  const server = await startConductorServer();
  server.engine.metadata.createWorkflowDef({ name: 'wf', version: 1, tasks });
  return server;
}

async function execute(server: ConductorTestServer, query: string): Promise<{ status: number; body: unknown }> {
  const { status, text } = await call(server, 'POST', `/api/workflow/execute/wf/1?${query}`, {});
  return { status, body: JSON.parse(text) };
}
