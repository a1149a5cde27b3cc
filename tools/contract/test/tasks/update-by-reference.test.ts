import { expect, test } from 'vitest';
import { client, inStatus } from '../../src/contract.ts';
import { api, registered, simple, started } from '../../src/given.ts';
import { begins, refusal, refused } from '../../src/refusals.ts';
import { execution, outline, taskOf, workType } from '../../src/work.ts';

async function twoSteps(): Promise<{ id: string; type: string }> {
  const type = await workType({ retryCount: 1, retryDelaySeconds: 0 });
  return { type, id: await started(await registered([simple(type, 'a'), simple(type, 'b')])) };
}

test('a task is found by its name, polled or not; the answer is its id', async () => {
  const { id } = await twoSteps();
  const { taskId } = taskOf(await execution(id), 'a');
  expect(
    await client.task.updateByRef({
      workflowId: id,
      taskRefName: 'a',
      status: 'COMPLETED',
      workerid: 'w1',
      body: { y: 1 },
    }),
  ).toBe(taskId);
  const workflow = await execution(id);
  expect(outline(workflow)).toEqual(['a COMPLETED', 'b SCHEDULED']);
  expect(taskOf(workflow, 'a')).toMatchObject({ outputData: { y: 1 }, workerId: 'w1', pollCount: 0, startTime: 0 });
});

test('IN_PROGRESS keeps it open, and later output is laid over the earlier', async () => {
  const { id } = await twoSteps();
  const update = (status: 'IN_PROGRESS' | 'COMPLETED', body: Record<string, unknown>): Promise<unknown> =>
    client.task.updateByRef({ workflowId: id, taskRefName: 'a', status, body });
  await update('IN_PROGRESS', { x: 1, kept: true });
  expect(taskOf(await execution(id), 'a')).toMatchObject({ status: 'SCHEDULED', outputData: { x: 1, kept: true } });
  await update('COMPLETED', { x: 2 });
  expect(taskOf(await execution(id), 'a')).toMatchObject({ status: 'COMPLETED', outputData: { x: 2, kept: true } });
});

test('FAILED is retried as after a report', async () => {
  const { id } = await twoSteps();
  await client.task.updateByRef({ workflowId: id, taskRefName: 'a', status: 'FAILED', body: { e: 1 } });
  expect(outline(await execution(id))).toEqual(['a FAILED', 'a SCHEDULED']);
  await client.task.updateByRef({ workflowId: id, taskRefName: 'a', status: 'FAILED', body: { e: 2 } });
  expect(await inStatus(id, 'FAILED')).toMatchObject({ output: { e: 2 } });
});

test('no open task of that name, or no such workflow, is a 200 with nothing in it', async () => {
  const { id } = await twoSteps();
  for (const path of [`${id}/nope`, `${id}/b`, 'nope/a']) {
    expect(await api('POST', `/tasks/${path}/COMPLETED`, {})).toEqual({
      status: 200,
      type: null,
      length: '0',
      json: undefined,
    });
  }
  expect(await client.task.updateByRef({ workflowId: id, taskRefName: 'nope', status: 'COMPLETED' })).toBeUndefined();
});

test('the synchronous form answers with the workflow as it is then', async () => {
  const { id } = await twoSteps();
  const workflow = await client.task.updateByRefSync({
    workflowId: id,
    taskRefName: 'a',
    status: 'COMPLETED',
    body: { y: 1 },
  });
  expect(outline(workflow)).toEqual(['a COMPLETED', 'b SCHEDULED']);
  expect(workflow).toMatchObject({ workflowId: id, status: 'RUNNING' });
});

test('the synchronous form says what it did not find', async () => {
  const { id } = await twoSteps();
  expect(await refused(`POST /api/tasks/${id}/nope/COMPLETED/sync`, {})).toEqual(
    refusal(404, `Found no running task nope of workflow ${id} to update`),
  );
  expect(await refused('POST /api/tasks/nope/b/COMPLETED/sync', {})).toEqual(
    refusal(404, 'Found no running task b of workflow nope to update'),
  );
});

test('a status that workers cannot report, and a body that is no map, is a 500', async () => {
  const { id } = await twoSteps();
  expect(await refused(`POST /api/tasks/${id}/a/SCHEDULED`, {})).toEqual(
    refusal(500, begins("Method parameter 'status': Failed to convert value of type 'java.lang.String'")),
  );
  expect(await refused(`POST /api/tasks/${id}/a/COMPLETED`)).toEqual(
    refusal(500, begins('Required request body is missing: public ')),
  );
  expect(await refused(`POST /api/tasks/${id}/a/COMPLETED`, [1])).toEqual(refusal(500, begins('JSON parse error: ')));
});
