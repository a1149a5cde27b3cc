import { expect, test } from 'vitest';
import { metadataGetTaskDefs, taskGetLogs, taskPoll, taskUpdate, workflowGet, workflowPause } from '../src/index.ts';
import { json, recordingCaller } from './recording-caller.ts';

/* One decision each, for all operations: docs/types.md says the same in words. */

test('a status that a newer server has made up passes through, and so do fields that we do not know', async () => {
  const answer = { workflowId: 'w', status: 'HIBERNATING', moonPhase: { full: true } };
  expect(await workflowGet(recordingCaller(() => json(answer)).caller, { workflowId: 'w' })).toEqual(answer);
});

test('a null stays a null', async () => {
  const answer = { workflowId: 'w', endTime: null };
  expect(await workflowGet(recordingCaller(() => json(answer)).caller, { workflowId: 'w' })).toEqual(answer);
});

test('times are numbers of milliseconds, both ways: nothing becomes a Date', async () => {
  const { caller } = recordingCaller(() => json({ workflowId: 'w', startTime: 1_700_000_000_000 }));
  expect((await workflowGet(caller, { workflowId: 'w' })).startTime).toBe(1_700_000_000_000);
});

test('a Date in a body is sent as its ISO text', async () => {
  const { caller, sent } = recordingCaller(() => new Response('t'));
  const outputData = { at: new Date(0) };
  await taskUpdate(caller, { body: { taskId: 't', workflowInstanceId: 'w', status: 'COMPLETED', outputData } });
  expect(sent[0]?.init.body).toContain('"at":"1970-01-01T00:00:00.000Z"');
});

test('an id is text, whether the server sends it bare or as a JSON string', async () => {
  const body = { taskId: 't', workflowInstanceId: 'w', status: 'COMPLETED' };
  for (const answer of [new Response('t-1'), json('t-1')]) {
    expect(await taskUpdate(recordingCaller(() => answer).caller, { body })).toBe('t-1');
  }
});

test('no task is undefined, no logs are an empty list, nothing to say is undefined', async () => {
  const none = (): Response => new Response(null, { status: 204 });
  expect(await taskPoll(recordingCaller(none).caller, { tasktype: 't' })).toBeUndefined();
  expect(await taskGetLogs(recordingCaller(none).caller, { taskId: 't' })).toEqual([]);
  expect(await workflowPause(recordingCaller(() => new Response('')).caller, { workflowId: 'w' })).toBeUndefined();
  expect(await metadataGetTaskDefs(recordingCaller(() => json([])).caller)).toEqual([]);
});
