import { expect, test } from 'vitest';
import { type ConductorTestServer, ManualClock, startConductorServer } from '../../src/index.ts';
import { call } from '../call.ts';

const MONDAY = Date.parse('2026-11-23T00:00Z');
const DAY_MS = 86_400_000;

test('a workflow is started each time its schedule is due, with what the scheduler says of it', async () => {
  const clock = new ManualClock(MONDAY);
  await using server = await started(clock);
  await save(server, { cronExpression: '0 0 9 * * MON-FRI', zoneId: 'Europe/Berlin' });
  await clock.advance(7 * DAY_MS);
  expect(server.engine.stats().workflowsStarted).toBe(5);
  const { totalHits, results } = await get(server, '/api/scheduler/search/executions?size=1');
  const dueMs = Date.parse('2026-11-27T08:00Z');
  expect([totalHits, results]).toMatchObject([
    5,
    [{ scheduleName: 'daily', scheduledTime: dueMs, executionTime: dueMs, workflowName: 'greet', state: 'EXECUTED' }],
  ]);
  const { workflowId, executionId } = results[0];
  expect(server.engine.workflow.get(workflowId).input).toEqual({
    who: 'you',
    _startedByScheduler: 'daily',
    _scheduledTime: dueMs,
    _executedTime: dueMs,
    _executionId: executionId,
    _schedulerCron: '0 0 9 * * MON-FRI Europe/Berlin',
  });
});

test('a start that fails is recorded with its reason, and the schedule goes on', async () => {
  const clock = new ManualClock(MONDAY);
  await using server = await started(clock);
  await save(server, { cronExpression: '0 0 0 * * *', startWorkflowRequest: { name: 'unknown' } });
  await clock.advance(2 * DAY_MS);
  expect(await get(server, '/api/scheduler/search/executions?query=state%20IN%20(FAILED)')).toMatchObject({
    totalHits: 2,
    results: [{ workflowName: 'unknown', reason: 'No such workflow defined. name=unknown, version=null' }, {}],
  });
});

test('what is paused, removed, outside its time or cannot be read does not fire', async () => {
  const clock = new ManualClock(MONDAY);
  await using server = await started(clock);
  const cronExpression = '0 0 12 * * *';
  await save(server, { name: 'paused', cronExpression, paused: true });
  await save(server, { name: 'removed', cronExpression });
  await call(server, 'DELETE', '/api/scheduler/schedules/removed');
  await save(server, { name: 'later', cronExpression, scheduleStartTime: MONDAY + 30 * DAY_MS });
  await save(server, { name: 'over', cronExpression, scheduleEndTime: MONDAY + 1 });
  await save(server, { name: 'unreadable', cronExpression: 'often' });
  await clock.advance(3 * DAY_MS);
  expect(server.engine.stats().workflowsStarted).toBe(0);
  await call(server, 'PUT', '/api/scheduler/schedules/paused/resume');
  await clock.advance(DAY_MS);
  expect(server.engine.stats().workflowsStarted).toBe(1);
});

test('while all are paused none fires, and none makes up for it', async () => {
  const clock = new ManualClock(MONDAY);
  await using server = await started(clock);
  await save(server, { cronExpression: '0 0 * * * *' });
  await get(server, '/api/scheduler/admin/pause');
  await clock.advance(DAY_MS);
  expect(server.engine.stats().workflowsStarted).toBe(0);
  await get(server, '/api/scheduler/admin/resume');
  await clock.advance(2 * 3_600_000);
  expect(server.engine.stats().workflowsStarted).toBe(2);
});

test('several expressions win over the one, and each has its zone', async () => {
  const clock = new ManualClock(MONDAY);
  await using server = await started(clock);
  const cronSchedules = [{ cronExpression: '0 0 9 * * *', zoneId: 'Asia/Tokyo' }, { cronExpression: '0 0 9 * * *' }];
  await save(server, { cronExpression: '0 0 * * * *', cronSchedules });
  await clock.advance(DAY_MS - 1);
  const { results } = await get(server, '/api/scheduler/search/executions?sort=scheduledTime:ASC');
  expect(results.map((record: { scheduledTime: number }) => new Date(record.scheduledTime).toISOString())).toEqual([
    '2026-11-23T09:00:00.000Z',
  ]);
  await clock.advance(1);
  expect(server.engine.stats().workflowsStarted).toBe(2);
});

test('a schedule that is saved again fires by its new expression only', async () => {
  const clock = new ManualClock(MONDAY);
  await using server = await started(clock);
  await save(server, { cronExpression: '0 0 * * * *' });
  await save(server, { cronExpression: '0 0 6 * * *' });
  await clock.advance(DAY_MS);
  expect(server.engine.stats().workflowsStarted).toBe(1);
});

test('after the server is closed nothing fires', async () => {
  const clock = new ManualClock(MONDAY);
  const server = await started(clock);
  await save(server, { cronExpression: '0 0 * * * *' });
  await server.close();
  await clock.advance(DAY_MS);
  expect(server.engine.stats().workflowsStarted).toBe(0);
});

test('in Orkes mode a schedule is paused by GET', async () => {
  await using server = await startConductorServer({ mode: 'orkes' });
  const headers = { 'x-authorization': server.tokens.mint() };
  const path = '/api/scheduler/schedules/daily/pause';
  expect((await call(server, 'PUT', path, undefined, { headers })).status).toBe(405);
  expect((await call(server, 'GET', path, undefined, { headers })).text).toContain("Schedule 'daily' not found");
});

async function started(clock: ManualClock): Promise<ConductorTestServer> {
  const server = await startConductorServer({ clock });
  const tasks = [{ name: 's', taskReferenceName: 's', type: 'SET_VARIABLE', inputParameters: { a: 1 } }];
  server.engine.metadata.createWorkflowDef({ name: 'greet', version: 1, ownerEmail: 'a@b.test', tasks });
  return server;
}

async function save(server: ConductorTestServer, changes: object): Promise<void> {
  const schedule = { name: 'daily', startWorkflowRequest: { name: 'greet', input: { who: 'you' } }, ...changes };
  const { status, text } = await call(server, 'POST', '/api/scheduler/schedules', schedule);
  if (status !== 200) throw new Error(text);
}

// oxlint-disable-next-line typescript/no-explicit-any -- the JSON of an answer
async function get(server: ConductorTestServer, path: string): Promise<any> {
  return JSON.parse((await call(server, 'GET', path)).text);
}
