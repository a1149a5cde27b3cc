import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AgentConfig } from '@conductor-ts/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { client, judged, raw, unique } from '../src/contract.ts';
import { refusal, refused } from '../src/refusals.ts';

/*
 * Agents ask a language model, and no model is there. So these use a tool first, which waits for a worker that never
 * comes. On the real server that is a true life; the embedded one has no agents and gives the least answer that fits.
 * Either answer is held against the source.
 */

const tool = { name: unique('tool'), description: 'for tests', toolType: 'worker', inputSchema: { type: 'object' } };
const prefillTools = [{ toolName: tool.name, arguments: { a: 1 } }];
const agent = (name: string): AgentConfig => ({
  name,
  model: 'ollama/none',
  instructions: 'Say hello.',
  tools: [tool],
  prefillTools,
});

/** Starts an agent under a new name. */
async function running(): Promise<{ name: string; executionId: string }> {
  const name = unique('agent');
  const { executionId = 'none' } = await client.agent.start({ body: { agentConfig: agent(name), prompt: 'hello' } });
  return { name, executionId };
}

test('an agent is compiled, deployed, read back and removed', async () => {
  const name = unique('agent');
  const body = { agentConfig: agent(name) };
  await client.agent.compile({ body });
  await client.agent.deploy({ body });
  await client.agent.list();
  await client.agent.get({ name });
  await client.agent.getDefinition({ name });
  await client.agent.delete({ name });
});

test('an execution is looked at in every way there is', async () => {
  const { executionId } = await running();
  await client.agent.getStatus({ executionId });
  await client.agent.getRun({ executionId });
  await client.agent.getExecution({ executionId });
  await client.agent.getFullExecution({ executionId });
  await client.agent.getTasks({ executionId });
  await client.agent.searchExecutions({ size: 5 });
  await client.agent.searchExecutionsRaw({ size: 5 });
});

test('a plan is shown as the workflow that it becomes', async () => {
  const agentConfig = { ...agent(unique('planner')), strategy: 'plan_execute' } as const;
  await client.agent.inspectPlan({ body: { agentConfig, plan: { steps: [] } } });
});

test('an execution gets tasks and events from outside, and its tasks are reported', async () => {
  const { name, executionId } = await running();
  await client.agent.pushEvent({ executionId, body: { type: 'thinking', content: 'hm' } });
  const question = {
    taskDefName: 'ask',
    referenceTaskName: 'ask',
    type: 'HUMAN',
    status: 'IN_PROGRESS',
    inputData: {},
  };
  const { taskId = 'none' } = await client.agent.injectTask({ executionId, body: question });
  await client.agent.getTaskLogs({ taskId });
  await client.agent.respond({ executionId, body: { answer: 'yes' } });
  await client.agent.updateTask({ executionId, refTaskName: `${name}_prefill_0`, status: 'IN_PROGRESS', body: {} });
  await client.agent.cancel({ executionId });
});

test('an execution that only shows what others do is made and completed', async () => {
  const body = { workflowName: unique('shown'), input: { a: 1 } };
  const { executionId = 'none' } = await client.agent.createTrackingExecution({ body });
  await client.agent.completeTrackingExecution({ executionId, body: { done: true } });
});

test('an execution pauses, goes on, stops, and is removed', async () => {
  const { executionId } = await running();
  await client.agent.pause({ executionId });
  await client.agent.resume({ executionId });
  await client.agent.signal({ executionId, body: { message: 'go on' } });
  await client.agent.stop({ executionId });
  await client.agent.terminateExecution({ executionId, reason: 'enough' });
  await client.agent.deleteExecution({ executionId });
  await client.agent.cancel({ executionId: (await running()).executionId });
});

test('a terminated execution is retried, restarted and run again', async () => {
  const { executionId } = await running();
  await client.agent.terminateExecution({ executionId });
  await client.agent.retryExecution({ executionId });
  await client.agent.terminateExecution({ executionId });
  await client.agent.restartExecution({ executionId });
  await client.agent.terminateExecution({ executionId });
  await client.agent.rerunExecution({ executionId, body: {} });
  await client.agent.terminateExecution({ executionId });
});

test('many executions at once', async () => {
  const body = [(await running()).executionId, (await running()).executionId];
  await client.agent.bulkPause({ body });
  await client.agent.bulkResume({ body });
  await client.agent.bulkTerminate({ body });
  await client.agent.bulkRetry({ body });
  await client.agent.bulkTerminate({ body });
  await client.agent.bulkRestart({ body });
  await client.agent.bulkTerminate({ body });
  // None of this suite is as old as that.
  await client.agent.pruneExecutions({ olderThanDays: 3_650 });
});

/** Serves the card of a remote agent, as the A2A protocol has it. */
let remote: Server;
let agentUrl: string;
beforeAll(async () => {
  remote = createServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ name: 'remote', url: agentUrl, version: '1', capabilities: {}, skills: [] }));
  });
  await new Promise<void>((resolve) => remote.listen(0, '127.0.0.1', resolve));
  agentUrl = `http://127.0.0.1:${(remote.address() as AddressInfo).port}`;
});
afterAll(() => remote.close());

test('the card of a remote agent is fetched by the real server; the embedded one asks nobody', async () => {
  const { agentCard } = await client.a2a.getAgentCard({ body: { agentUrl } });
  if (judged.kind === 'real') expect(agentCard).toMatchObject({ name: 'remote', url: agentUrl });
  else expect(agentCard).toBeUndefined();
});

test('news for a task that there is not are a 404 without a body', async () => {
  expect(await raw('POST', '/api/a2a/callback/nope', '{}')).toEqual({ status: 404, type: null, length: '0', body: '' });
  await expect(client.a2a.notify({ taskId: 'nope', body: {} })).rejects.toMatchObject({ status: 404 });
});

test('the providers of models are told, and whether they are set up', async () => {
  expect(await client.provider.getStatus()).toMatchObject({ providers: expect.any(Array), managedByHost: false });
});

test('the settings of the web interface come as a script', async () => {
  const script = await client.context.get();
  expect(script).toContain('window.conductor = window.conductor || {};');
  expect(script).toContain('CONDUCTOR_INTEGRATIONS_AI_ENABLED = true');
  expect((await raw('GET', '/context.js')).type).toBe('application/javascript;charset=UTF-8');
});

if (judged.kind === 'real') {
  test('an unknown agent is a 404', async () => {
    expect(await refused('GET /api/agent/nope')).toEqual(refusal(404, 'Agent not found: nope'));
  });
}
