import { expect, test } from 'vitest';
import { client, eventually, polled, raw, unique } from '../src/contract.ts';
import { registered, simple, started } from '../src/given.ts';
import { begins, refusal, refused } from '../src/refusals.ts';

test('the configuration is texts by name', async () => {
  const config = await client.admin.getConfig();
  expect(Object.keys(config).length).toBeGreaterThan(0);
  expect(Object.values(config).filter((value) => typeof value !== 'string')).toEqual([]);
});

test('the event queues are those of the event handlers, each with its name, and with its messages on request', async () => {
  const sender = unique('sender');
  const actions = [{ action: 'start_workflow', start_workflow: { name: unique('receiver') } } as const];
  await client.event.create({
    body: { name: unique('handler'), event: `conductor:${sender}:e`, active: true, actions },
  });
  // A handler's queue appears after a while, and on the real server perhaps never.
  const queues = Object.entries(await client.admin.getQueues());
  expect(queues.filter(([event, queue]) => event !== `conductor:${String(queue)}`)).toEqual([]);
  const verbose = Object.entries(await client.admin.getQueues({ verbose: true }));
  for (const [event, counts] of verbose) {
    expect(counts).toEqual({ [event.replace('conductor:', '')]: expect.any(Number) });
  }
});

test('the tasks of a type that wait in the queue are listed, page by page', async () => {
  const type = unique('admin_task');
  const name = await registered([simple(type, 'a')]);
  for (let count = 0; count < 3; count += 1) await started(name);
  const first = await polled(type);
  const statuses = (await client.admin.getTasks({ tasktype: type })).map(({ taskId, status }) =>
    taskId === first.taskId ? 'polled' : status,
  );
  expect(statuses.toSorted()).toEqual(['SCHEDULED', 'SCHEDULED', 'polled']);
  expect(await client.admin.getTasks({ tasktype: type, start: 1, count: 1 })).toHaveLength(1);
  expect(await client.admin.getTasks({ tasktype: unique('nobody') })).toEqual([]);
  expect(await refused(`GET /api/admin/task/${type}?start=x`)).toEqual(
    refusal(500, begins("Method parameter 'start': Failed to convert value of type 'java.lang.String'")),
  );
});

test('there is no service to repair an execution', async () => {
  expect(await refused(`POST /api/admin/consistency/verifyAndRepair/${unique('any')}`)).toEqual(
    refusal(500, 'WorkflowRepairService is disabled.'),
  );
});

test('an execution is queued to be looked at again, unless it is queued already; nobody asks whether it is there', async () => {
  const workflowId = await started(await registered([simple(unique('swept'), 'a')]));
  // A running one is in the queue but for the moments in which it is looked at.
  const answers = eventually(async () => (await client.admin.requeueSweep({ workflowId })) === `false.${workflowId}`);
  await expect(answers).resolves.toBe(true);
  const id = unique('nope');
  expect(await raw('POST', `/api/admin/sweep/requeue/${id}`)).toEqual({
    status: 200,
    type: 'text/plain;charset=UTF-8',
    length: String(id.length + 5),
    body: `true.${id}`,
  });
});
