import { expect, test } from 'vitest';
import { createResourceStyle, type ResourceStyle } from '../../src/resource-style/create-resource-style.ts';
import type { bindResource } from '../../src/resource-style/resource-table.ts';
import { json, recordingCaller, type Sent } from '../recording-caller.ts';

const silent = { warn: () => undefined };

function onWire({ url, init }: Sent): string {
  const path = url.replace('http://server', '');
  return [init.method, path, ...(init.body === undefined ? [] : [init.body])].join(' ');
}

type Case = readonly [expected: string, call: (client: ResourceStyle) => Promise<unknown>];

/** What the published SDK sends for the same call. */
const CASES: readonly Case[] = [
  ['GET /health', (c) => c.healthCheckResource.doCheck()],

  ['GET /api/metadata/taskdefs/t?metadata=false', (c) => c.metadataResource.getTaskDef('t')],
  ['DELETE /api/metadata/taskdefs/t', (c) => c.metadataResource.unregisterTaskDef('t')],
  ['GET /api/metadata/workflow?access=READ&metadata=false', (c) => c.metadataResource.getAllWorkflows()],
  [
    'GET /api/metadata/workflow?access=WRITE&metadata=true&tagKey=k&tagValue=v',
    (c) => c.metadataResource.getAllWorkflows('WRITE', true, 'k', 'v'),
  ],
  ['PUT /api/metadata/workflow?overwrite=true []', (c) => c.metadataResource.update([])],
  ['PUT /api/metadata/workflow?overwrite=false []', (c) => c.metadataResource.update([], false)],
  [
    'POST /api/metadata/workflow?overwrite=false {"name":"w","tasks":[]}',
    (c) => c.metadataResource.create({ name: 'w', tasks: [] }),
  ],
  ['GET /api/metadata/taskdefs?access=READ&metadata=false', (c) => c.metadataResource.getTaskDefs()],
  ['PUT /api/metadata/taskdefs {"name":"t"}', (c) => c.metadataResource.updateTaskDef({ name: 't' })],
  ['POST /api/metadata/taskdefs [{"name":"t"}]', (c) => c.metadataResource.registerTaskDef([{ name: 't' }])],
  ['DELETE /api/metadata/workflow/w/2', (c) => c.metadataResource.unregisterWorkflowDef('w', 2)],
  ['GET /api/metadata/workflow/w?metadata=false', (c) => c.metadataResource.get('w')],
  ['GET /api/metadata/workflow/w?version=2&metadata=true', (c) => c.metadataResource.get('w', 2, true)],

  [
    'POST /api/token {"keyId":"k","keySecret":"s"}',
    (c) => c.tokenResource.generateToken({ keyId: 'k', keySecret: 's' }),
  ],
  ['GET /api/token/userInfo?claims=false', (c) => c.tokenResource.getUserInfo()],

  ['POST /api/workflow/bulk/retry ["a"]', (c) => c.workflowBulkResource.retry(['a'])],
  ['POST /api/workflow/bulk/restart?useLatestDefinitions=false ["a"]', (c) => c.workflowBulkResource.restart(['a'])],
  ['POST /api/workflow/bulk/terminate ["a"]', (c) => c.workflowBulkResource.terminate(['a'])],
  ['POST /api/workflow/bulk/terminate?reason=r ["a"]', (c) => c.workflowBulkResource.terminate(['a'], 'r')],
  ['PUT /api/workflow/bulk/resume ["a"]', (c) => c.workflowBulkResource.resumeWorkflow(['a'])],
  ['PUT /api/workflow/bulk/pause ["a"]', (c) => c.workflowBulkResource.pauseWorkflow1(['a'])],

  ['GET /api/workflow/running/w?version=1', (c) => c.workflowResource.getRunningWorkflow('w')],
  [
    'GET /api/workflow/running/w?version=2&startTime=3&endTime=4',
    (c) => c.workflowResource.getRunningWorkflow('w', 2, 3, 4),
  ],
  [
    'POST /api/workflow/execute/w/1?requestId=r&waitForSeconds=5 {"name":"w"}',
    (c) => c.workflowResource.executeWorkflow({ name: 'w' }, 'w', 1, 'r', undefined, 5),
  ],
  ['POST /api/workflow {"name":"w"}', (c) => c.workflowResource.startWorkflow({ name: 'w' })],
  ['PUT /api/workflow/decide/i', (c) => c.workflowResource.decide('i')],
  ['POST /api/workflow/i/rerun {}', (c) => c.workflowResource.rerun('i', {})],
  ['GET /api/workflow/search-v2?size=100&freeText=*', (c) => c.workflowResource.searchV21()],
  ['PUT /api/workflow/i/pause', (c) => c.workflowResource.pauseWorkflow('i')],
  ['PUT /api/workflow/i/skiptask/t', (c) => c.workflowResource.skipTaskFromWorkflow('i', 't')],
  ['PUT /api/workflow/i/skiptask/t {}', (c) => c.workflowResource.skipTaskFromWorkflow('i', 't', {})],
  [
    'POST /api/workflow/w/correlated?includeClosed=false&includeTasks=false ["c"]',
    (c) => c.workflowResource.getWorkflows('w', ['c']),
  ],
  [
    'GET /api/workflow/i/status?includeOutput=false&includeVariables=false',
    (c) => c.workflowResource.getWorkflowStatusSummary('i'),
  ],
  [
    'GET /api/workflow/w/correlated/c?includeClosed=false&includeTasks=true',
    (c) => c.workflowResource.getWorkflows1('w', 'c', false, true),
  ],
  ['POST /api/workflow/i/retry?resumeSubworkflowTasks=false', (c) => c.workflowResource.retry1('i')],
  ['GET /api/workflow/i?includeTasks=true', (c) => c.workflowResource.getExecutionStatus('i')],
  ['DELETE /api/workflow/i', (c) => c.workflowResource.terminate1('i')],
  ['DELETE /api/workflow/i?reason=r', (c) => c.workflowResource.terminate1('i', 'r')],
  ['PUT /api/workflow/i/resume', (c) => c.workflowResource.resumeWorkflow('i')],
  ['DELETE /api/workflow/i/remove?archiveWorkflow=true', (c) => c.workflowResource.delete('i')],
  [
    'GET /api/workflow/search-by-tasks?start=1&size=2&sort=s&freeText=f&query=q',
    (c) => c.workflowResource.searchWorkflowsByTasks(1, 2, 's', 'f', 'q'),
  ],
  [
    'GET /api/workflow/externalstoragelocation?path=p&operation=o&payloadType=t',
    (c) => c.workflowResource.getExternalStorageLocation('p', 'o', 't'),
  ],
  ['POST /api/workflow/w {"a":1}', (c) => c.workflowResource.startWorkflow1('w', { a: 1 })],
  [
    'POST /api/workflow/w?version=1&correlationId=c&priority=2 {}',
    (c) => c.workflowResource.startWorkflow1('w', {}, 1, 'c', 2),
  ],
  ['POST /api/workflow/i/restart?useLatestDefinitions=false', (c) => c.workflowResource.restart1('i')],
  ['GET /api/workflow/search?queryId=id&size=100&freeText=*&skipCache=false', (c) => c.workflowResource.search1('id')],
  ['GET /api/workflow/search-by-tasks-v2?size=100&freeText=*', (c) => c.workflowResource.searchWorkflowsByTasksV2()],
  ['POST /api/workflow/i/resetcallbacks', (c) => c.workflowResource.resetWorkflow('i')],
  ['POST /api/workflow/test {"name":"w"}', (c) => c.workflowResource.testWorkflow({ name: 'w' })],

  ['GET /api/tasks/poll/t', (c) => c.taskResource.poll('t')],
  ['GET /api/tasks/poll/t?workerid=w&domain=d', (c) => c.taskResource.poll('t', 'w', 'd')],
  ['GET /api/tasks/queue/all/verbose', (c) => c.taskResource.allVerbose()],
  ['POST /api/tasks/i/r/COMPLETED {"a":1}', (c) => c.taskResource.updateTask('i', 'r', 'COMPLETED', { a: 1 })],
  ['GET /api/tasks/t', (c) => c.taskResource.getTask('t')],
  ['GET /api/tasks/queue/all', (c) => c.taskResource.all()],
  ['POST /api/tasks/queue/requeue/t', (c) => c.taskResource.requeuePendingTask('t')],
  ['GET /api/tasks/search?size=100&freeText=*', (c) => c.taskResource.search()],
  ['GET /api/tasks/search-v2?size=100&freeText=*', (c) => c.taskResource.searchV22()],
  ['GET /api/tasks/queue/polldata?taskType=t', (c) => c.taskResource.getPollData('t')],
  ['GET /api/tasks/t/log', (c) => c.taskResource.getTaskLogs('t')],
  ['POST /api/tasks/t/log "line"', (c) => c.taskResource.log('t', 'line')],
  ['GET /api/tasks/queue/polldata/all', (c) => c.taskResource.getAllPollData()],
  ['GET /api/tasks/poll/batch/t?count=1&timeout=100', (c) => c.taskResource.batchPoll('t')],
  [
    'POST /api/tasks {"taskId":"t","workflowInstanceId":"i","status":"COMPLETED"}',
    (c) => c.taskResource.updateTask1({ taskId: 't', workflowInstanceId: 'i', status: 'COMPLETED' }),
  ],
  ['GET /api/tasks/queue/sizes?taskType=a&taskType=b', (c) => c.taskResource.size1(['a', 'b'])],
  [
    'GET /api/tasks/externalstoragelocation?path=p&operation=o&payloadType=t',
    (c) => c.taskResource.getExternalStorageLocation1('p', 'o', 't'),
  ],
  ['POST /api/tasks/i/r/FAILED/sync?workerid=w {}', (c) => c.taskResource.updateTaskSync('i', 'r', 'FAILED', {}, 'w')],
  [
    'POST /api/tasks/i/COMPLETED/signal/sync?returnStrategy=TARGET_WORKFLOW {}',
    (c) => c.taskResource.signal('i', 'COMPLETED', {}),
  ],
  ['POST /api/tasks/i/COMPLETED/signal {}', (c) => c.taskResource.signalAsync('i', 'COMPLETED', {})],
];

test.each(CASES)('%s is what the published SDK sends', async (expected, call) => {
  const { caller, sent } = recordingCaller();
  await call(createResourceStyle(caller, silent));
  expect(sent.map(onWire)).toEqual([expected]);
});

test('every method has a case here', () => {
  const { caller } = recordingCaller();
  const client = createResourceStyle(caller, silent);
  const names = Object.entries(client).flatMap(([resource, methods]: [string, object]) =>
    Object.keys(methods).map((method) => `${resource}.${method}`),
  );
  const tried = CASES.map(([, call]) => /c\.(\w+\.\w+)\(/.exec(call.toString())?.[1]);
  expect(names.filter((name) => !tried.includes(name))).toEqual([]);
  expect(names).toHaveLength(61);
});

test('bodies go as JSON, requests without a body have no content type', async () => {
  const { caller, sent } = recordingCaller();
  const client = createResourceStyle(caller, silent);
  await client.taskResource.log('t', 'line');
  await client.taskResource.all();
  expect(sent.map(({ init }) => init.headers['content-type'])).toEqual(['application/json', undefined]);
});

test('data comes back as it is', async () => {
  const { caller } = recordingCaller(() => json({ workflowId: 'i' }));
  expect(await createResourceStyle(caller, silent).workflowResource.getExecutionStatus('i')).toEqual({
    workflowId: 'i',
  });
});

test('a method warns once per process, whichever client calls it, and names its successor', async () => {
  const { caller } = recordingCaller();
  const lines: string[] = [];
  const log = { warn: (message: string) => void lines.push(message) };
  // A copy of the module has not warned yet.
  const path: string = '../../src/resource-style/resource-table.ts?fresh';
  const fresh = (await import(path)) as { bindResource: typeof bindResource };
  const { taskResource } = await import('../../src/resource-style/task-resource.ts');
  for (const _ of [1, 2]) {
    const client = fresh.bindResource('taskResource', taskResource, caller, log);
    await client.poll('t');
    await client.poll('t');
    await client.all();
  }
  expect(lines).toEqual([
    'client.taskResource.poll is deprecated: use client.task.poll',
    'client.taskResource.all is deprecated: use client.task.queueSizesAll',
  ]);
});
