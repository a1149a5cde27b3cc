import { expect } from 'vitest';
import { expectRecorded, INVALID } from './recorded-server.ts';

const schedule = {
  name: 's1',
  cronExpression: '0 0 0 1 1 *',
  startWorkflowRequest: { name: 'simple', input: { k: 1 } },
};
const saved = {
  ...schedule,
  runCatchupScheduleInstances: false,
  paused: false,
  startWorkflowRequest: { name: 'simple', input: { k: 1 }, taskToDomain: {}, priority: 0 },
  zoneId: 'UTC',
  createTime: expect.any(Number),
  updatedTime: expect.any(Number),
  createdBy: '',
  updatedBy: '',
  cronSchedules: [],
};
const start = { action: 'start_workflow', start_workflow: { name: 'simple', input: {} } };
const handler = { name: 'eh1', event: 'conductor:w:e', active: true, actions: [start] };
const listed = { ...handler, actions: [{ ...start, expandInlineJSON: false }] };
const SCHEDULES = '/api/scheduler/schedules';
const NEXT = '/api/scheduler/nextFewSchedules?cronExpression=0%200%200%20*%20*%20*';

expectRecorded([
  [`GET ${SCHEDULES}`, undefined, 200, 'json', []],
  [`POST ${SCHEDULES}`, schedule, 200, 'json', saved],
  [`GET ${SCHEDULES}/s1`, undefined, 200, 'json', saved],
  [`GET ${SCHEDULES}?workflowName=simple`, undefined, 200, 'json', [saved]],
  [`GET ${SCHEDULES}?workflowName=other`, undefined, 200, 'json', []],
  [`GET ${SCHEDULES}/nope`, undefined, 404, 'json', { message: "Schedule 'nope' not found" }],
  [`PUT ${SCHEDULES}/s1/resume`, undefined, 404, 'json', { message: "Schedule 's1' not found" }],
  [`PUT ${SCHEDULES}/s1/pause?reason=a%20b`, undefined, 200, 'void'],
  [`GET ${SCHEDULES}/s1`, undefined, 200, 'json', { ...saved, paused: true, pausedReason: 'a b' }],
  [`PUT ${SCHEDULES}/s1/pause`, undefined, 200, 'void'],
  [
    `GET ${SCHEDULES}/search?paused=true`,
    undefined,
    200,
    'json',
    { totalHits: 1, results: [{ name: 's1', paused: true }] },
  ],
  [`PUT ${SCHEDULES}/s1/resume`, undefined, 200, 'void'],
  [`PUT ${SCHEDULES}/nope/pause`, undefined, 404, 'json'],
  [`GET ${SCHEDULES}/s1/pause`, undefined, 405, 'json', { message: "Request method 'GET' is not supported" }],
  [
    `POST ${SCHEDULES}`,
    { ...schedule, name: undefined },
    500,
    'json',
    { message: expect.stringContaining('scheduler.scheduler_name') },
  ],
  [`POST ${SCHEDULES}`, { name: 's3' }, 500, 'json', { message: expect.stringContaining('scheduler.workflow_name') }],
  [`POST ${SCHEDULES}`, { ...schedule, zoneId: 'Mars/X' }, 500, 'json', { message: 'Unknown time-zone ID: Mars/X' }],
  // Nobody looks at the expression.
  [`POST ${SCHEDULES}`, { ...schedule, name: 'S2', cronExpression: 'nonsense' }, 200, 'json', { zoneId: 'UTC' }],
  [`GET ${SCHEDULES}/search?scheduleName=s2`, undefined, 200, 'json', { totalHits: 1, results: [{ name: 'S2' }] }],
  [`GET ${SCHEDULES}/search?size=1&start=1`, undefined, 200, 'json', { totalHits: 2, results: [{ name: 's1' }] }],
  [
    'PUT /api/scheduler/bulk/pause',
    ['s1', 'nope'],
    200,
    'json',
    { bulkErrorResults: { nope: "Schedule 'nope' not found" }, bulkSuccessfulResults: ['s1'] },
  ],
  [
    'PUT /api/scheduler/bulk/pause',
    [],
    400,
    'json',
    { ...INVALID, validationErrors: [{ path: 'pauseSchedules.arg0', message: 'Schedule names list cannot be null.' }] },
  ],
  [`DELETE ${SCHEDULES}/s1`, undefined, 200, 'void'],
  [`DELETE ${SCHEDULES}/nope`, undefined, 200, 'void'],
  [`GET ${NEXT}&limit=2&scheduleStartTime=2900000000000`, undefined, 200, 'json', [2900016000000, 2900102400000]],
  [
    `GET ${NEXT}&limit=99&scheduleStartTime=2900000000000&scheduleEndTime=2900100000000`,
    undefined,
    200,
    'json',
    [2900016000000],
  ],
  [
    'GET /api/scheduler/nextFewSchedules?cronExpression=nonsense',
    undefined,
    500,
    'json',
    { message: 'Invalid cron expression' },
  ],
  [
    'GET /api/scheduler/nextFewSchedules',
    undefined,
    500,
    'json',
    { message: expect.stringContaining('cronExpression') },
  ],
  ['GET /api/scheduler/search/executions', undefined, 200, 'json', { totalHits: 0, results: [] }],
  ['GET /api/scheduler/admin/pause', undefined, 200, 'json', { status: 'done' }],
  ['GET /api/scheduler/admin/resume', undefined, 200, 'json', { status: 'done' }],
  ['GET /api/scheduler/admin/requeue', undefined, 200, 'json', { sampleIds: [], 'recordIds.size': 0 }],

  ['GET /api/event', undefined, 200, 'json', []],
  ['POST /api/event', handler, 200, 'void'],
  ['POST /api/event', handler, 500, 'json', { message: 'EventHandler with name eh1 already exists!' }],
  ['POST /api/event', [handler], 500, 'json'],
  ['GET /api/event/conductor%3Aw%3Ae', undefined, 200, 'json', [listed]],
  ['PUT /api/event', { ...handler, active: false }, 200, 'void'],
  ['GET /api/event/conductor:w:e', undefined, 200, 'json', []],
  ['GET /api/event/conductor:w:e?activeOnly=false', undefined, 200, 'json', [{ ...listed, active: false }]],
  ['PUT /api/event', { ...handler, name: 'nope' }, 500, 'json', { message: 'EventHandler with name nope not found!' }],
  [
    'POST /api/event',
    {},
    400,
    'json',
    {
      ...INVALID,
      validationErrors: [
        { path: 'addEventHandler.arg0.actions', message: 'No actions specified. Please specify at-least one action' },
        { path: 'addEventHandler.arg0.name', message: 'Missing event handler name' },
        { path: 'addEventHandler.arg0.event', message: 'Missing event location' },
      ],
    },
  ],
  [
    'POST /api/event',
    { ...handler, actions: [{ action: 'nope' }] },
    500,
    'json',
    { message: expect.stringContaining('not one of the values accepted') },
  ],
  ['DELETE /api/event/eh1', undefined, 200, 'void'],
  ['DELETE /api/event/eh1', undefined, 500, 'json', { message: 'EventHandler with name eh1 not found!' }],

  ['GET /api/secrets', undefined, 200, 'json', []],
  ['POST /api/secrets', undefined, 200, 'json', []],
  ['GET /api/secrets/nope', undefined, 404, 'void'],
  ['GET /api/secrets/a%20b', undefined, 400, 'void'],
  ['GET /api/secrets/nope/exists', undefined, 200, 'json', false],
  ['PUT /api/secrets/S', {}, 501, 'application/json of 32', /^env-backed secrets are read-only$/],
  ['DELETE /api/secrets/S', undefined, 501, 'application/json of 32', /^env-backed secrets are read-only$/],
  ['GET /api/environment', undefined, 200, 'json', []],
  ['GET /api/environment/nope', undefined, 200, 'void'],
  ['PUT /api/environment/nope', {}, 405, 'json'],
]);
