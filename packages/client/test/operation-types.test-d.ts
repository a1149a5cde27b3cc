import { expectTypeOf, test } from 'vitest';
import {
  type ApiErrorCode,
  type BulkResponse,
  type ConductorClient,
  ConductorApiError,
  type ConductorSdkError,
  type EventHandler,
  handleSdkError,
  type Operation,
  type ParseError,
  type SchedulerGroup,
  type SearchResultWorkflowSchedule,
  type TimeoutError,
  type UnsupportedByServerError,
  type ValidationProblem,
  versionGet,
  workflowExecute,
  workflowGetStatus,
  type WorkflowSchedule,
  type WorkflowWaitError,
} from '../src/index.ts';

declare const client: ConductorClient;

test('what a server must have cannot be left out of the parameters, wherever it goes', () => {
  // @ts-expect-error the path needs the name
  void client.scheduler.get();
  // @ts-expect-error the query needs the expression
  void client.scheduler.getNextRunTimes({});
  // @ts-expect-error the body is required
  void client.workflow.start({});
  // @ts-expect-error and so is the name in it
  void client.workflow.start({ body: {} });
  // Where an empty body will do, it may be left out.
  void client.workflow.startByName({ name: 'order' });
});

test('parameters take what the server takes, and nothing else', () => {
  void client.workflow.getTasks({ workflowId: 'w', status: ['COMPLETED', 'A_STATUS_OF_A_NEWER_SERVER'] });
  void client.workflow.execute({ name: 'order', version: 1, body: { name: 'order' }, waitForSeconds: undefined });
  // @ts-expect-error a version is a number
  void client.workflow.execute({ name: 'order', version: '1', body: { name: 'order' } });
  // @ts-expect-error a list of ids
  void client.bulk.pause({ body: 'w' });
  // @ts-expect-error the options come second
  void client.workflow.get({ workflowId: 'w', timeoutMs: 1_000 });
  // @ts-expect-error there is no such option
  void client.workflow.get({ workflowId: 'w' }, { timeout: 1_000 });
});

test('where all parameters may be left out, so may their object; where there are none, options come first', () => {
  void client.scheduler.list();
  void client.version.get({ timeoutMs: 1_000 });
  void versionGet(client, { timeoutMs: 1_000 });
  // @ts-expect-error there are no parameters
  void client.version.get({ workflowId: 'w' });
});

test('answers are exact: lists, pages, texts, numbers, maps, bytes and nothing', () => {
  expectTypeOf(client.event.list()).resolves.toEqualTypeOf<EventHandler[]>();
  expectTypeOf(client.scheduler.search()).resolves.toEqualTypeOf<SearchResultWorkflowSchedule>();
  expectTypeOf(client.version.get()).resolves.toEqualTypeOf<string>();
  expectTypeOf(client.scheduler.getNextRunTimes({ cronExpression: '@daily' })).resolves.toEqualTypeOf<number[]>();
  expectTypeOf(client.secret.exists({ key: 'k' })).resolves.toEqualTypeOf<boolean>();
  expectTypeOf(client.task.getQueueSizes({ taskType: ['t'] })).resolves.toEqualTypeOf<{ [key: string]: number }>();
  expectTypeOf(client.bulk.pause({ body: ['w'] })).resolves.toEqualTypeOf<BulkResponse>();
  expectTypeOf(
    client.serviceRegistry.getProto({ registryName: 'r', filename: 'f' }),
  ).resolves.toEqualTypeOf<Uint8Array>();
  expectTypeOf(client.workflow.pause({ workflowId: 'w' })).resolves.toEqualTypeOf<void>();
});

test('an answer that may be nothing says so', () => {
  expectTypeOf(
    client.scheduler.save({
      body: { name: 's', cronExpression: '@daily', startWorkflowRequest: { name: 'order' } },
    }),
  ).resolves.toEqualTypeOf<WorkflowSchedule | undefined>();
});

test('enums name what is known and take what is not, without losing their names', async () => {
  const { status } = await workflowGetStatus(client, { workflowId: 'w' });
  if (status === 'COMPLETED') expectTypeOf(status).toExtend<string>();
  expectTypeOf<'RUNNING'>().toExtend<typeof status>();
  expectTypeOf<'A_STATUS_OF_A_NEWER_SERVER'>().toExtend<typeof status>();
  expectTypeOf<7>().not.toExtend<typeof status>();
});

test('a name of a group is a name of a function, with the same types', () => {
  expectTypeOf<Parameters<SchedulerGroup['get']>[0]>().toEqualTypeOf<{ name: string }>();
  expectTypeOf(workflowExecute(client, { name: 'n', version: 1, body: { name: 'n' } }))
    .resolves.toHaveProperty('workflowId')
    .toEqualTypeOf<string | undefined>();
});

test('an error of the server has its facts, and tells its code apart', () => {
  const error: unknown = undefined;
  if (!(error instanceof ConductorApiError)) return;
  expectTypeOf(error.code).toEqualTypeOf<ApiErrorCode>();
  expectTypeOf(error.validationErrors).toEqualTypeOf<readonly ValidationProblem[]>();
  expectTypeOf(error.retryAfterMs).toEqualTypeOf<number | undefined>();
  expectTypeOf(error.isNotFound()).toEqualTypeOf<boolean>();
  // @ts-expect-error there is no such code
  if (error.code === 'NOT_THERE') return;
  // @ts-expect-error what the server said is not to be changed
  error.status = 200;
});

test('every error is of the one family', () => {
  expectTypeOf<ConductorApiError>().toExtend<ConductorSdkError>();
  expectTypeOf<UnsupportedByServerError>().toExtend<ConductorApiError>();
  expectTypeOf<ParseError>().toExtend<ConductorSdkError>();
  expectTypeOf<WorkflowWaitError>().toExtend<ConductorSdkError>();
  expectTypeOf<TimeoutError['mayHaveBeenProcessed']>().toExtend<boolean | 'unknown'>();
});

test('what handles an error ends the code path unless it only logs', () => {
  const throwing = (error: unknown): never => handleSdkError(error, 'Loading failed');
  expectTypeOf(throwing).returns.toBeNever();
  const logging = (error: unknown): void => handleSdkError(error, 'Loading failed', 'log');
  expectTypeOf(logging).returns.toEqualTypeOf<void>();
  // @ts-expect-error there is no such way
  const other = (error: unknown): void => handleSdkError(error, 'Loading failed', 'ignore');
  void other;
});

test('an operation of a server that this client does not know is written as data', () => {
  const operation = {
    name: 'thing.get',
    method: 'GET',
    path: ['/api/thing/', ''],
    pathParams: ['id'],
    queryParams: [],
    headerParams: [],
    replay: 'safe',
    server: 'both',
    response: 'json',
  } as const satisfies Operation;
  expectTypeOf(client.execute<{ id: string }>(operation, { id: '1' })).resolves.toEqualTypeOf<{ id: string }>();
});
