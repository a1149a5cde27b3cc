import { startConductorServer } from '@conductor-ts/testing';
import { expect, test } from 'vitest';
import { createConductorClient, noopLogger, WorkflowWaitError } from '../../src/index.ts';
import { json, recordingCaller } from '../recording-caller.ts';
import { workflowGetOperation, workflowStartOperation } from '../../src/generated/operations.gen.ts';
import { startAndWaitOn } from '../../src/composed/workflow-start-and-wait.ts';

const definition = (name: string, tasks: object[]) => ({
  name,
  version: 1,
  timeoutSeconds: 0,
  ownerEmail: 'a@b.c',
  tasks,
});

const instant = { now: () => 0, sleep: async () => undefined };
const running = (): Response => json({ workflowId: 'w-1', status: 'RUNNING' });

test('starts an execution and gives it with its typed output when it has completed', async () => {
  await using server = await startConductorServer();
  await using client = await createConductorClient({ serverUrl: server.url, useEnvVars: false, logger: noopLogger });
  const tasks = [
    {
      name: 'double',
      taskReferenceName: 'double',
      type: 'INLINE',
      inputParameters: { evaluatorType: 'javascript', expression: '2' },
    },
  ];
  const body = { ...definition('quick', tasks), outputParameters: { total: '${workflow.input.total}' } };
  await client.metadata.registerWorkflowDef({ body: body as never, overwrite: true });
  const done = await client.workflow.startAndWait<{ total: number }>({ body: { name: 'quick', input: { total: 7 } } });
  expect(done.output.total).toBe(7);
  expect(server.received.map(({ path }) => path).filter((path) => path.startsWith('/api/workflow'))).toHaveLength(2);
});

test('one that fails is an error that names it', async () => {
  await using server = await startConductorServer();
  await using client = await createConductorClient({ serverUrl: server.url, useEnvVars: false, logger: noopLogger });
  const tasks = [
    {
      name: 'end',
      taskReferenceName: 'end',
      type: 'TERMINATE',
      inputParameters: { terminationStatus: 'FAILED', terminationReason: 'no stock' },
    },
  ];
  await client.metadata.registerWorkflowDef({ body: definition('doomed', tasks) as never, overwrite: true });
  const error = await client.workflow.startAndWait({ body: { name: 'doomed' } }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(WorkflowWaitError);
  expect(error).toMatchObject({ lastStatus: 'FAILED', operation: 'workflow.startAndWait' });
  expect((error as WorkflowWaitError).workflowId).toMatch(/^[\w-]{36}$/);
});

test('what is wrong with the wait is said before the start', async () => {
  const { caller, sent } = recordingCaller();
  const started = startAndWaitOn(
    instant,
    workflowStartOperation,
    workflowGetOperation,
  )(caller, {
    body: { name: 'w' },
    until: 'done' as never,
  });
  await expect(started).rejects.toMatchObject({ code: 'INVALID_REQUEST', operation: 'workflow.startAndWait' });
  expect(sent).toEqual([]);
});

test.each<[string, () => Response, object, object]>([
  ['a refused poll', () => json({}, 403), {}, { code: 'FORBIDDEN' }],
  ['a condition that throws', running, { until: () => crash('until') }, { message: 'until' }],
  ['a client that is closed', running, {}, { code: 'CLIENT_CLOSED', mayHaveBeenProcessed: true }],
])('after the start, the error of %s has the id of the execution', async (name, poll, wait, expected) => {
  const { caller, lifetime } = recordingCaller(({ init }) => {
    if (init.method === 'POST') return new Response('w-1');
    if (name.includes('closed')) void lifetime.close(0, async () => undefined);
    return poll();
  });
  const start = startAndWaitOn(instant, workflowStartOperation, workflowGetOperation);
  const error = await start(caller, { body: { name: 'w' }, ...wait }).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ ...expected, workflowId: 'w-1' });
});

test('after the start, the reason of an abort comes as it is', async () => {
  const controller = new AbortController();
  const reason = Object.freeze(new Error('enough'));
  const { caller } = recordingCaller(({ init }) => {
    if (init.method === 'POST') return new Response('w-1');
    controller.abort(reason);
    return running();
  });
  const start = startAndWaitOn(instant, workflowStartOperation, workflowGetOperation);
  await expect(start(caller, { body: { name: 'w' } }, { signal: controller.signal })).rejects.toBe(reason);
});

function crash(message: string): never {
  throw new Error(message);
}

test('one limit covers the start and the wait, and the key of the start is not given to the polls', async () => {
  let nowMs = 0;
  const time = { now: () => nowMs, sleep: async (ms: number) => void (nowMs += ms) };
  const { caller, sent } = recordingCaller(
    ({ init }) => {
      nowMs += 100;
      return init.method === 'POST' ? new Response('w') : json({ workflowId: 'w', status: 'RUNNING' });
    },
    { family: { current: () => 'orkes', learn: () => Promise.resolve('orkes') } },
  );
  const started = startAndWaitOn(time, workflowStartOperation, workflowGetOperation)(
    caller,
    { body: { name: 'slow' } },
    { totalTimeoutMs: 400, idempotencyKey: 'k' },
  );
  await expect(started).rejects.toMatchObject({ code: 'WAIT_TIMED_OUT', workflowId: 'w', lastStatus: 'RUNNING' });
  expect(sent.map(({ init }) => init.call.idempotencyKey)).toEqual(['k', undefined]);
  // The start took 100 ms, the pause before the poll 250.
  expect(sent.map(({ init }) => init.call.totalTimeoutMs)).toEqual([400, 50]);
  expect(nowMs).toBeLessThanOrEqual(500);
});
