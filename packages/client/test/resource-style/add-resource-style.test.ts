import { expect, test } from 'vitest';
import type { EventHandler, HumanTaskTemplate, SaveScheduleRequest } from '../../src/generated/types.gen.ts';
import { addResourceStyle, type ResourceStyle } from '../../src/resource-style/add-resource-style.ts';
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

  ['GET /api/event/queue/config/t/q', (c) => c.eventResource.getQueueConfig('t', 'q')],
  ['PUT /api/event/queue/config/t/q "{}"', (c) => c.eventResource.putQueueConfig('t', 'q', '{}')],
  ['DELETE /api/event/queue/config/t/q', (c) => c.eventResource.deleteQueueConfig('t', 'q')],
  ['GET /api/event', (c) => c.eventResource.getEventHandlers()],
  ['PUT /api/event {"name":"h"}', (c) => c.eventResource.updateEventHandler({ name: 'h' } as EventHandler)],
  ['POST /api/event [{"name":"h"}]', (c) => c.eventResource.addEventHandler([{ name: 'h' } as EventHandler])],
  ['GET /api/event/queue/config', (c) => c.eventResource.getQueueNames()],
  ['DELETE /api/event/h', (c) => c.eventResource.removeEventHandlerStatus('h')],
  ['GET /api/event/e?activeOnly=true', (c) => c.eventResource.getEventHandlersForEvent('e')],
  ['GET /api/event/e?activeOnly=false', (c) => c.eventResource.getEventHandlersForEvent('e', false)],
  ['DELETE /api/event/h/tags [{"key":"k"}]', (c) => c.eventResource.deleteTagForEventHandler('h', [{ key: 'k' }])],
  ['GET /api/event/h/tags', (c) => c.eventResource.getTagsForEventHandler('h')],
  ['PUT /api/event/h/tags [{"key":"k"}]', (c) => c.eventResource.putTagForEventHandler('h', [{ key: 'k' }])],

  ['GET /api/scheduler/schedules/s', (c) => c.schedulerResource.getSchedule('s')],
  ['DELETE /api/scheduler/schedules/s', (c) => c.schedulerResource.deleteSchedule('s')],
  ['GET /api/scheduler/nextFewSchedules?cronExpression=c&limit=3', (c) => c.schedulerResource.getNextFewSchedules('c')],
  [
    'GET /api/scheduler/nextFewSchedules?cronExpression=c&scheduleStartTime=1&scheduleEndTime=2&limit=4',
    (c) => c.schedulerResource.getNextFewSchedules('c', 1, 2, 4),
  ],
  ['GET /api/scheduler/schedules/s/pause', (c) => c.schedulerResource.pauseSchedule('s')],
  ['GET /api/scheduler/admin/pause', (c) => c.schedulerResource.pauseAllSchedules()],
  ['GET /api/scheduler/schedules/s/resume', (c) => c.schedulerResource.resumeSchedule('s')],
  ['GET /api/scheduler/admin/requeue', (c) => c.schedulerResource.requeueAllExecutionRecords()],
  ['GET /api/scheduler/admin/resume', (c) => c.schedulerResource.resumeAllSchedules()],
  ['GET /api/scheduler/schedules', (c) => c.schedulerResource.getAllSchedules()],
  ['GET /api/scheduler/schedules?workflowName=w', (c) => c.schedulerResource.getAllSchedules('w')],
  [
    'POST /api/scheduler/schedules {"name":"s"}',
    (c) => c.schedulerResource.saveSchedule({ name: 's' } as SaveScheduleRequest),
  ],
  ['GET /api/scheduler/search/executions?size=100&freeText=*', (c) => c.schedulerResource.searchV21()],
  ['GET /api/scheduler/test/timeout', (c) => c.schedulerResource.testTimeout()],

  ['GET /api/registry/service', (c) => c.serviceRegistryResource.getRegisteredServices()],
  ['DELETE /api/registry/service/s', (c) => c.serviceRegistryResource.removeService('s')],
  ['GET /api/registry/service/s', (c) => c.serviceRegistryResource.getService('s')],
  ['POST /api/registry/service/s/circuit-breaker/open', (c) => c.serviceRegistryResource.openCircuitBreaker('s')],
  ['POST /api/registry/service/s/circuit-breaker/close', (c) => c.serviceRegistryResource.closeCircuitBreaker('s')],
  ['GET /api/registry/service/s/circuit-breaker/status', (c) => c.serviceRegistryResource.getCircuitBreakerStatus('s')],
  ['POST /api/registry/service {"name":"s"}', (c) => c.serviceRegistryResource.addOrUpdateService({ name: 's' })],
  [
    'POST /api/registry/service/r/methods {"id":1}',
    (c) => c.serviceRegistryResource.addOrUpdateServiceMethod('r', { id: 1 }),
  ],
  [
    'DELETE /api/registry/service/r/methods?serviceName=s&method=m&methodType=t',
    (c) => c.serviceRegistryResource.removeMethod('r', 's', 'm', 't'),
  ],
  ['GET /api/registry/service/protos/r/f', (c) => c.serviceRegistryResource.getProtoData('r', 'f')],
  ['POST /api/registry/service/protos/r/f text', (c) => c.serviceRegistryResource.setProtoData('r', 'f', 'text')],
  ['DELETE /api/registry/service/protos/r/f', (c) => c.serviceRegistryResource.deleteProto('r', 'f')],
  ['GET /api/registry/service/protos/r', (c) => c.serviceRegistryResource.getAllProtos('r')],
  ['GET /api/registry/service/s/discover?create=false', (c) => c.serviceRegistryResource.discover('s')],

  ['GET /api/human/tasks/t/conductorTask', (c) => c.humanTaskResource.getConductorTaskById('t')],
  ['DELETE /api/human/tasks/delete ["t"]', (c) => c.humanTask.deleteTaskFromHumanTaskRecords(['t'])],
  ['DELETE /api/human/tasks/delete/t', (c) => c.humanTask.deleteTaskFromHumanTaskRecords1('t')],
  ['POST /api/human/tasks/search {"size":1}', (c) => c.humanTask.search({ size: 1 })],
  [
    'POST /api/human/tasks/update/taskRef?workflowId=i&taskRefName=r&complete=false {"a":1}',
    (c) => c.humanTask.updateTaskOutputByRef('i', 'r', { a: 1 }),
  ],
  [
    'POST /api/human/tasks/update/taskRef?workflowId=i&taskRefName=r&complete=true&iteration=1&iteration=2 {}',
    (c) => c.humanTask.updateTaskOutputByRef('i', 'r', {}, true, [1, 2]),
  ],
  ['GET /api/human/tasks/t', (c) => c.humanTask.getTask1('t')],
  ['POST /api/human/tasks/t/claim?overrideAssignment=false&withTemplate=false', (c) => c.humanTask.claimTask('t')],
  [
    'POST /api/human/tasks/t/externalUser/u?overrideAssignment=true&withTemplate=true',
    (c) => c.humanTask.assignAndClaim('t', 'u', true, true),
  ],
  ['POST /api/human/tasks/t/reassign []', (c) => c.humanTask.reassignTask('t', [])],
  ['POST /api/human/tasks/t/release', (c) => c.humanTask.releaseTask('t')],
  ['POST /api/human/tasks/t/skip', (c) => c.humanTask.skipTask('t')],
  ['POST /api/human/tasks/t/skip?reason=r', (c) => c.humanTask.skipTask('t', 'r')],
  ['POST /api/human/tasks/t/update?complete=false {"a":1}', (c) => c.humanTask.updateTaskOutput('t', { a: 1 })],
  ['GET /api/human/template', (c) => c.humanTask.getAllTemplates()],
  ['GET /api/human/template?name=n&version=1', (c) => c.humanTask.getAllTemplates('n', 1)],
  [
    'POST /api/human/template?newVersion=false {"name":"n"}',
    (c) => c.humanTask.saveTemplate({ name: 'n' } as HumanTaskTemplate),
  ],
  ['POST /api/human/template/bulk?newVersion=true []', (c) => c.humanTask.saveTemplates([], true)],
  ['DELETE /api/human/template/n', (c) => c.humanTask.deleteTemplateByName('n')],
  ['DELETE /api/human/template/n/1', (c) => c.humanTask.deleteTemplatesByNameAndVersion('n', 1)],
  ['GET /api/human/template/n/1', (c) => c.humanTask.getTemplateByNameAndVersion('n', 1)],
];

test.each(CASES)('%s is what the published SDK sends', async (expected, call) => {
  const { caller, sent } = recordingCaller();
  await call(addResourceStyle({}, caller, silent));
  expect(sent.map(onWire)).toEqual([expected]);
});

test('every method has a case here', () => {
  const { caller } = recordingCaller();
  const client = addResourceStyle({}, caller, silent);
  const names = Object.entries(client).flatMap(([resource, methods]: [string, object]) =>
    Object.keys(methods).map((method) => `${resource}.${method}`),
  );
  const tried = CASES.map(([, call]) => /c\.(\w+\.\w+)\(/.exec(call.toString())?.[1]);
  expect(names.filter((name) => !tried.includes(name))).toEqual([]);
  expect(names).toHaveLength(117);
});

test('bodies go as JSON, requests without a body have no content type', async () => {
  const { caller, sent } = recordingCaller();
  const client = addResourceStyle({}, caller, silent);
  await client.taskResource.log('t', 'line');
  await client.taskResource.all();
  expect(sent.map(({ init }) => init.headers['content-type'])).toEqual(['application/json', undefined]);
});

test('bytes go as they are, under their own content type', async () => {
  const { caller, sent } = recordingCaller(() => new Response(null, { status: 200 }));
  await addResourceStyle({}, caller, silent).serviceRegistryResource.setProtoData('r', 'f', new Uint8Array([1, 2]));
  expect(sent[0]?.init.headers['content-type']).toBe('application/octet-stream');
  expect(sent[0]?.init.body).toEqual(new Uint8Array([1, 2]));
});

test('data comes back as it is', async () => {
  const { caller } = recordingCaller(() => json({ workflowId: 'i' }));
  expect(await addResourceStyle({}, caller, silent).workflowResource.getExecutionStatus('i')).toEqual({
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
    'client.taskResource.all is deprecated: use client.task.getAllQueueSizes',
  ]);
});
