import type { TaskDef } from '@conductor-ts/client';
import { expect, test } from 'vitest';
import { client, polled, unique } from '../../src/contract.ts';
import { failureOf } from './failure-of.ts';

const nowhere = '00000000-0000-4000-8000-000000000000';

test.each<[string, () => Promise<unknown>]>([
  [
    'a text in place of a number',
    () => client.metadata.registerTaskDefs({ body: [{ name: 'w', retryCount: 'x' } as unknown as TaskDef] }),
  ],
  [
    'a word that is none of those allowed',
    () => client.metadata.updateTaskDef({ body: { name: 'w', timeoutPolicy: 'NO' } }),
  ],
  [
    'a version that is no number',
    () => client.metadata.getWorkflowDef({ name: 'w', version: 'x' as unknown as number }),
  ],
  ['the deletion of a definition that is not there', () => client.metadata.unregisterTaskDef({ tasktype: 'nope' })],
])('%s is a 500, and the hint says that the input may be at fault', async (_, call) => {
  const error = await failureOf(call());
  expect(error).toMatchObject({ code: 'SERVER_ERROR', status: 500, retryable: false });
  expect(error.hint).toContain('malformed input');
});

test('what the present state forbids may be a 500, too', async () => {
  const name = unique('lesson_resume');
  const tasks = [{ name, taskReferenceName: 'a', type: 'SIMPLE' }];
  await client.metadata.registerWorkflowDef({
    body: { name, version: 1, ownerEmail: 'a@example.com', timeoutSeconds: 0, tasks },
  });
  const workflowId = await client.workflow.start({ body: { name } });
  const error = await failureOf(client.workflow.resume({ workflowId }));
  expect(error).toMatchObject({ code: 'SERVER_ERROR', status: 500 });
  expect(error.hint).toContain('state that forbids it');
  await polled(name);
  await client.workflow.terminate({ workflowId });
});

test.each<[string, () => Promise<unknown>]>([
  ['execution', () => client.workflow.get({ workflowId: nowhere })],
  ['task', () => client.task.get({ taskId: nowhere })],
  ['task definition', () => client.metadata.getTaskDef({ tasktype: 'nope' })],
  ['workflow to start', () => client.workflow.start({ body: { name: 'nope' } })],
])('an unknown %s is a 404, and the hint says to check it', async (_, call) => {
  const error = await failureOf(call());
  expect(error).toMatchObject({ code: 'NOT_FOUND', status: 404 });
  expect(error.hint).toMatch(/^Check id or name/);
});

test('the log of an unknown task is no error but empty', async () => {
  expect(await client.task.getLogs({ taskId: nowhere })).toEqual([]);
});
