import { expect, test } from 'vitest';
import { client, unique } from '../src/contract.ts';
import { registered, started } from '../src/given.ts';
import { begins, refusal, refused } from '../src/refusals.ts';

test('without an event bus there are no queues', async () => {
  expect(await client.queue.getNames()).toEqual({});
  expect(await client.queue.getSizes()).toEqual({});
});

test.each(['COMPLETED', 'FAILED', 'IN_PROGRESS', 'SKIPPED'])('nor one for tasks that are %s', async (status) => {
  const wait = { name: 'w', taskReferenceName: 'w', type: 'WAIT' };
  const workflowId = await started(await registered([wait]));
  const missing = refusal(400, `There is no queue for handling ${status} status`);
  expect(await refused(`POST /api/queue/update/${workflowId}/w/${status}`, {})).toEqual(missing);
  expect(await refused(`POST /api/queue/update/${workflowId}/task/any/${status}`, {})).toEqual(missing);
  // Whether the workflow is there is not even looked at.
  expect(await refused(`POST /api/queue/update/${unique('nope')}/w/${status}`, {})).toEqual(missing);
});

test('what is no status, and no body, is a 500', async () => {
  expect(await refused('POST /api/queue/update/any/w/NOPE', {})).toEqual(
    refusal(500, begins("Method parameter 'status': Failed to convert value of type 'java.lang.String'")),
  );
  expect(await refused('POST /api/queue/update/any/w/COMPLETED')).toEqual(
    refusal(500, begins('Required request body is missing: public')),
  );
});
