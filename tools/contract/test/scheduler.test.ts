import type { ConductorApiError, WorkflowSchedule } from '@conductor-ts/client';
import { beforeAll, expect, test } from 'vitest';
import { client, eventually, raw, unique } from '../src/contract.ts';

const workflowName = unique('scheduled');
/** Far away, so that nothing fires while a test looks. */
const NEW_YEAR = '0 0 0 1 1 *';

beforeAll(async () => {
  const tasks = [
    { name: 'set', taskReferenceName: 's', type: 'SET_VARIABLE', inputParameters: { who: '${workflow.input.who}' } },
  ];
  await client.metadata.registerWorkflowDef({
    body: { name: workflowName, version: 1, ownerEmail: 'a@b.test', tasks },
  });
});

test('a schedule comes back as it was saved, with its defaults', async () => {
  const name = unique('schedule');
  const saved = await save({ name, description: 'for tests' });
  expect(saved).toMatchObject({
    name,
    description: 'for tests',
    cronExpression: NEW_YEAR,
    zoneId: 'UTC',
    paused: false,
    runCatchupScheduleInstances: false,
    startWorkflowRequest: { name: workflowName, input: { who: 'you' }, taskToDomain: {}, priority: 0 },
    createdBy: '',
    updatedBy: '',
    cronSchedules: [],
  });
  expect(await client.scheduler.get({ name })).toEqual(saved);
  expect(await client.scheduler.list({ workflowName })).toContainEqual(saved);
  expect(await client.scheduler.list({ workflowName: unique('other') })).toEqual([]);
});

test('one that is saved again keeps the time of its creation', async () => {
  const name = unique('again');
  const first = await save({ name });
  const second = await save({ name, cronExpression: '0 0 0 2 1 *' });
  expect([second.createTime, second.cronExpression]).toEqual([first.createTime, '0 0 0 2 1 *']);
  expect(second.updatedTime).toBeGreaterThanOrEqual(first.updatedTime ?? Number.NaN);
});

test('several expressions each have their zone', async () => {
  const cronSchedules = [{ cronExpression: NEW_YEAR, zoneId: 'Asia/Tokyo' }, { cronExpression: NEW_YEAR }];
  const { cronSchedules: saved } = await save({ name: unique('several'), cronSchedules });
  expect(saved).toEqual([
    { cronExpression: NEW_YEAR, zoneId: 'Asia/Tokyo' },
    { cronExpression: NEW_YEAR, zoneId: 'UTC' },
  ]);
});

test('what has no name, no workflow or a zone that there is not is a 500; nobody looks at the expression', async () => {
  await expect(save({ name: undefined as unknown as string })).rejects.toMatchObject({ status: 500 });
  const body = { name: unique('bare'), cronExpression: NEW_YEAR, startWorkflowRequest: {} as { name: string } };
  await expect(client.scheduler.save({ body })).rejects.toMatchObject({ status: 500 });
  await expect(save({ name: unique('mars'), zoneId: 'Mars/X' })).rejects.toMatchObject({
    status: 500,
    serverMessage: 'Unknown time-zone ID: Mars/X',
  });
  expect((await save({ name: unique('often'), cronExpression: 'often' })).cronExpression).toBe('often');
});

test('an unknown schedule is a 404, except to its removal', async () => {
  const name = unique('unknown');
  const refused: Partial<ConductorApiError> = { status: 404, serverMessage: `Schedule '${name}' not found` };
  await expect(client.scheduler.get({ name })).rejects.toMatchObject(refused);
  await expect(client.scheduler.pauseByPut({ name })).rejects.toMatchObject(refused);
  await expect(client.scheduler.resumeByPut({ name })).rejects.toMatchObject(refused);
  await client.scheduler.delete({ name });
});

test('pausing keeps the reason until it is resumed; what is not paused is not found by a resume', async () => {
  const name = unique('pausing');
  await save({ name });
  await expect(client.scheduler.resumeByPut({ name })).rejects.toMatchObject({ status: 404 });
  await client.scheduler.pauseByPut({ name, reason: 'holidays & rest' });
  expect(await client.scheduler.get({ name })).toMatchObject({ paused: true, pausedReason: 'holidays & rest' });
  await client.scheduler.pauseByPut({ name });
  expect(await client.scheduler.get({ name })).not.toHaveProperty('pausedReason');
  await client.scheduler.resumeByPut({ name });
  expect(await client.scheduler.get({ name })).toMatchObject({ paused: false });
});

test('pausing by GET, as on Orkes, is a 405', async () => {
  const { status, body } = await raw('GET', `/api/scheduler/schedules/${unique('get')}/pause`);
  expect([status, JSON.parse(body)]).toMatchObject([405, { message: "Request method 'GET' is not supported" }]);
});

test('many are paused and resumed at once, with a result for each', async () => {
  const [a, b, unknown] = [unique('bulk'), unique('bulk'), unique('unknown')];
  await save({ name: a });
  await save({ name: b });
  const failed = { [unknown]: `Schedule '${unknown}' not found` };
  expect(await client.scheduler.bulkPause({ body: [a, unknown, b] })).toEqual({
    bulkErrorResults: failed,
    bulkSuccessfulResults: [a, b],
  });
  expect(await client.scheduler.bulkResume({ body: [a, unknown] })).toEqual({
    bulkErrorResults: failed,
    bulkSuccessfulResults: [a],
  });
  await expect(client.scheduler.bulkPause({ body: [] })).rejects.toMatchObject({ status: 400 });
});

test('a search finds by a part of the name in any case, by state and by workflow, sorted by name, page by page', async () => {
  const part = unique('Search');
  for (const suffix of ['c', 'a', 'b']) await save({ name: `${part}_${suffix}`, paused: suffix === 'b' });
  const names = async (search: object): Promise<unknown> => {
    const { totalHits, results } = await client.scheduler.search({ scheduleName: part.toLowerCase(), ...search });
    return [totalHits, results.map(({ name }) => name.slice(-1))];
  };
  expect(await names({})).toEqual([3, ['a', 'b', 'c']]);
  expect(await names({ sort: 'name:DESC' })).toEqual([3, ['a', 'b', 'c']]);
  expect(await names({ start: 1, size: 1 })).toEqual([3, ['b']]);
  expect(await names({ paused: true })).toEqual([1, ['b']]);
  expect(await names({ workflowName, paused: false })).toEqual([2, ['a', 'c']]);
  expect(await names({ workflowName: unique('other') })).toEqual([0, []]);
});

/** The midnight of a Wednesday, far enough away: the server gives no time that is past. */
const FROM = Date.parse('2054-11-25T00:00Z');

test.each([
  ['0 0 0 L * ?', ['2054-11-30', '2054-12-31', '2055-01-31', '2055-02-28', '2055-03-31']],
  ['0 0 0 31W * *', ['2054-12-31', '2055-03-31', '2055-05-31', '2055-07-30', '2055-08-31']],
  ['0 0 0 13 * FRI', ['2055-08-13', '2056-10-13', '2057-04-13', '2057-07-13', '2058-09-13']],
  ['0 0 0 ? * MON#1', ['2054-12-07', '2055-01-04', '2055-02-01', '2055-03-01', '2055-04-05']],
  ['0 0 0 ? * 5L', ['2054-11-27', '2054-12-25', '2055-01-29', '2055-02-26', '2055-03-26']],
  ['0 0 0 29 2 *', ['2056-02-29', '2060-02-29', '2064-02-29', '2068-02-29', '2072-02-29']],
  ['@daily', ['2054-11-25', '2054-11-26', '2054-11-27', '2054-11-28', '2054-11-29']],
  ['0 0 0 30 2 *', []],
])('the next times of %s', async (cronExpression, days) => {
  const times = await client.scheduler.getNextRunTimes({ cronExpression, scheduleStartTime: FROM, limit: 10 });
  expect(times).toEqual(days.map((day) => Date.parse(day)));
});

test.each(['0 0 * * *', '61 0 * * * *', '0 0 0 * * FRI-MON', '? 0 0 * * *', '0 0 0 ? ? ?', 'often'])(
  '%s is no cron expression: 500',
  async (cronExpression) => {
    await expect(client.scheduler.getNextRunTimes({ cronExpression })).rejects.toMatchObject({
      status: 500,
      serverMessage: 'Invalid cron expression',
    });
  },
);

test('the next times end at a limit and at an end', async () => {
  const hourly = { cronExpression: '0 0 * * * *', scheduleStartTime: FROM };
  expect(await client.scheduler.getNextRunTimes({ ...hourly, limit: 2 })).toEqual([FROM, FROM + 3_600_000]);
  const scheduleEndTime = FROM + 3_600_000;
  expect(await client.scheduler.getNextRunTimes({ ...hourly, scheduleEndTime })).toEqual([FROM, FROM + 3_600_000]);
  expect(await client.scheduler.getNextRunTimes({ ...hourly, limit: 0 })).toEqual([]);
});

test('no time is given that is past', async () => {
  const beforeMs = Date.now();
  const [first = 0] = await client.scheduler.getNextRunTimes({
    cronExpression: '0 0 * * * *',
    scheduleStartTime: Date.parse('2020-01-01'),
  });
  expect(first).toBeGreaterThan(beforeMs);
});

// In this file, whose tests run one after the other: all schedules of the server stand still meanwhile.
test('all scheduling stops and goes on', async () => {
  try {
    expect(await client.scheduler.pauseAll()).toEqual({ status: 'done' });
  } finally {
    expect(await client.scheduler.resumeAll()).toEqual({ status: 'done' });
  }
  expect(await client.scheduler.requeueAll()).toMatchObject({
    sampleIds: expect.any(Array),
    'recordIds.size': expect.any(Number),
  });
});

test('what is due starts its workflow, and is recorded', async () => {
  const name = unique('due');
  await save({ name, cronExpression: '* * * * * *' });
  const record = await eventually(async () => {
    const query = `scheduleName IN (${name})`;
    return (await client.scheduler.searchExecutions({ query, sort: 'scheduledTime:ASC', size: 1 })).results[0];
  });
  await client.scheduler.delete({ name });
  expect(record).toMatchObject({ scheduleName: name, workflowName, state: 'EXECUTED', zoneId: 'UTC' });
  const workflow = await client.workflow.get({ workflowId: record.workflowId ?? '' });
  expect(workflow.input).toEqual({
    who: 'you',
    _startedByScheduler: name,
    _scheduledTime: record.scheduledTime,
    _executedTime: record.executionTime,
    _executionId: record.executionId,
    _schedulerCron: '* * * * * * UTC',
  });
});

test('records are found by names without quotes, in a list or as the workflow', async () => {
  const name = unique('found');
  await save({ name, cronExpression: '* * * * * *' });
  const count = async (query: string): Promise<number> =>
    (await client.scheduler.searchExecutions({ query })).totalHits;
  await eventually(async () => (await count(`scheduleName IN (${name})`)) > 0);
  await client.scheduler.delete({ name });
  expect(await count(name)).toBeGreaterThan(0);
  expect(await count(`workflowName=${workflowName}`)).toBeGreaterThan(0);
  expect(await count(`scheduleName IN (${name}) AND state IN (EXECUTED)`)).toBeGreaterThan(0);
  expect(await count(`scheduleName IN (${name}) AND state IN (FAILED)`)).toBe(0);
  expect(await count(`scheduleName=${name}`)).toBe(0);
  expect(await count(`scheduleName IN ('${name}')`)).toBe(0);
});

test('a start that fails is recorded with its reason', async () => {
  const [name, unknown] = [unique('failing'), unique('unknown')];
  await save({ name, cronExpression: '* * * * * *', startWorkflowRequest: { name: unknown } });
  const record = await eventually(async () => {
    return (await client.scheduler.searchExecutions({ query: `scheduleName IN (${name})`, size: 1 })).results[0];
  });
  await client.scheduler.delete({ name });
  expect(record).toMatchObject({
    state: 'FAILED',
    workflowName: unknown,
    reason: `No such workflow defined. name=${unknown}, version=null`,
  });
  expect(record).not.toHaveProperty('workflowId');
});

async function save(changes: Partial<Parameters<typeof client.scheduler.save>[0]['body']>): Promise<WorkflowSchedule> {
  const startWorkflowRequest = { name: workflowName, input: { who: 'you' } };
  const body = { name: '', cronExpression: NEW_YEAR, startWorkflowRequest, ...changes };
  const saved = await client.scheduler.save({ body });
  if (saved === undefined) throw new Error('the server did not say what it has saved');
  return saved;
}
