import { expect, test } from 'vitest';
import { client, inStatus, polled } from '../../src/contract.ts';
import { registered, simple, started } from '../../src/given.ts';
import { refusal, refused } from '../../src/refusals.ts';
import { complete, execution, taskOf, workType } from '../../src/work.ts';

const aPath = expect.stringMatching(/^[0-9a-f-]{36}\.json$/) as string;

const ofMegabytes = (megabytes: number): { text: string } => ({ text: 'x'.repeat(megabytes * 1_000_000) });

test('a location is a path, and there is no address to it', async () => {
  const asked = { path: 'a', operation: 'WRITE', payloadType: 'TASK_OUTPUT' };
  const location = { path: expect.stringMatching(/^a[0-9a-f-]{36}\.json$/) as string };
  expect(await client.task.getExternalStorageLocation(asked)).toEqual(location);
  expect(await client.task.getExternalStorageLocationAlias({ ...asked, operation: 'read' })).toEqual(location);
});

test('a location for what is neither read nor written is refused', async () => {
  const { status } = (await refused(
    'GET /api/tasks/externalstoragelocation?path=a&operation=nope&payloadType=TASK_OUTPUT',
  )) as { status: number };
  expect(status).toBe(400);
});

test('an output of 2 MB is kept in the task', async () => {
  const type = await workType();
  const id = await started(await registered([simple(type, 'a')]));
  await complete(type, ofMegabytes(2));
  expect(taskOf(await execution(id), 'a').outputData).toEqual(ofMegabytes(2));
});

test('one of 4 MB is moved out, but still there for expressions', async () => {
  const type = await workType();
  const measure = {
    name: 'measure',
    taskReferenceName: 'i',
    type: 'INLINE',
    inputParameters: { evaluatorType: 'javascript', expression: '$.text.length', text: '${a.output.text}' },
  };
  const id = await started(await registered([simple(type, 'a'), measure]));
  await complete(type, ofMegabytes(4));
  const workflow = await inStatus(id, 'COMPLETED');
  expect(taskOf(workflow, 'a')).toMatchObject({ outputData: {}, externalOutputPayloadStoragePath: aPath });
  expect(taskOf(workflow, 'i')).toMatchObject({
    inputData: {},
    externalInputPayloadStoragePath: aPath,
    outputData: { result: 4_000_000 },
  });
});

test('a worker whose input is that large gets the path alone', async () => {
  const type = await workType();
  await started(await registered([simple(type, 'a', { inputParameters: { x: '${workflow.input.text}' } })]), {
    input: ofMegabytes(4),
  });
  expect(await polled(type)).toMatchObject({ inputData: {}, externalInputPayloadStoragePath: aPath });
});

test('the input of a workflow may have 5 MB', async () => {
  const name = await registered([simple(await workType(), 'a')]);
  expect((await execution(await started(name, { input: ofMegabytes(5) }))).input).toEqual(ofMegabytes(5));
  expect(await execution(await started(name, { input: ofMegabytes(6) }))).toMatchObject({
    input: {},
    externalInputPayloadStoragePath: aPath,
  });
});

test('an output of 11 MB is accepted, and fails the task for good', async () => {
  const type = await workType({ retryCount: 3, retryDelaySeconds: 0 });
  const id = await started(await registered([simple(type, 'a')]));
  const { taskId } = await complete(type, ofMegabytes(11));
  const reason = `The payload size: 11000011 of task: ${taskId} in workflow: ${id}  is greater than the permissible limit: 10485760 bytes`;
  expect(taskOf(await inStatus(id, 'FAILED'), 'a')).toMatchObject({
    status: 'FAILED_WITH_TERMINAL_ERROR',
    reasonForIncompletion: reason,
  });
});

test('an input of 11 MB starts nothing', async () => {
  const name = await registered([simple(await workType(), 'a')]);
  expect(await refused('POST /api/workflow', { name, version: 1, input: ofMegabytes(11) })).toEqual(
    refusal(500, expect.stringMatching(/^The payload size: 11000011 of workflow: .* limit: 10485760 bytes$/)),
  );
});
