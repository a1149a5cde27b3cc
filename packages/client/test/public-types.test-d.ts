import { expectTypeOf, test } from 'vitest';
import {
  AmbiguousRequestError,
  type CallOptions,
  type CallResult,
  type CallSuccess,
  type ConductorClient,
  ConductorApiError,
  type createConductorClient,
  type JsonObject,
  type RequestFailure,
  type RequestSuccess,
  type SearchResultTaskSummary,
  type Task,
  taskPoll,
  taskPollBatch,
  type TaskListSearchResultSummary,
  type TypedTask,
  type TypedWorkflow,
  type Workflow,
  workflowExecute,
  workflowGet,
  workflowGetStatus,
  type WorkflowGetTasksParams,
  workflowPause,
  workflowStart,
  type WorkflowSummary,
  workflowWaitFor,
} from '../src/index.ts';

declare const client: ConductorClient;

test('answers have the types of the API', () => {
  expectTypeOf(client.workflow.get({ workflowId: 'w' })).resolves.toExtend<Workflow>();
  expectTypeOf(client.task.poll({ tasktype: 't' })).resolves.toExtend<Task | undefined>();
  expectTypeOf(client.task.search()).resolves.toEqualTypeOf<SearchResultTaskSummary>();
  expectTypeOf(client.workflow.start({ body: { name: 'w' } })).resolves.toEqualTypeOf<string>();
  expectTypeOf(client.taskResource.poll('t')).resolves.toEqualTypeOf<Task | undefined>();
});

test('the function of an operation takes a client', () => {
  expectTypeOf(workflowGet(client, { workflowId: 'w' })).resolves.toExtend<Workflow>();
  expectTypeOf(workflowPause(client, { workflowId: 'w' })).resolves.toEqualTypeOf<void>();
});

test('inputs and outputs can be typed, and outputs come first', () => {
  interface Order {
    total: number;
  }
  interface Receipt {
    paid: boolean;
  }
  expectTypeOf(client.workflow.get<Receipt>({ workflowId: 'w' }))
    .resolves.toHaveProperty('output')
    .toEqualTypeOf<Receipt>();
  expectTypeOf(client.workflow.get<Receipt, Order>({ workflowId: 'w' }))
    .resolves.toHaveProperty('input')
    .toEqualTypeOf<Order>();
  expectTypeOf(client.workflow.waitFor<Receipt>({ workflowId: 'w' }))
    .resolves.toHaveProperty('output')
    .toEqualTypeOf<Receipt>();
  expectTypeOf(client.workflow.startAndWait<Receipt, Order>({ body: { name: 'order', input: { total: 7 } } }))
    .resolves.toHaveProperty('output')
    .toEqualTypeOf<Receipt>();
  expectTypeOf(client.workflow.execute<Receipt>({ name: 'order', version: 1, body: { name: 'order' } }))
    .resolves.toHaveProperty('output')
    .toEqualTypeOf<Receipt | undefined>();
  expectTypeOf(client.task.poll<Order>({ tasktype: 't' })).resolves.toEqualTypeOf<TypedTask<Order> | undefined>();
  // @ts-expect-error the total of an order is a number
  void client.workflow.start<Order>({ body: { name: 'order', input: { total: '7' } } });
  // Called as functions they take the same types.
  expectTypeOf(workflowGet<Receipt, Order>(client, { workflowId: 'w' })).resolves.toEqualTypeOf<
    TypedWorkflow<Receipt, Order>
  >();
  expectTypeOf(workflowGet<Receipt>(client, { workflowId: 'w' }, { throwOnError: false })).resolves.toEqualTypeOf<
    CallResult<TypedWorkflow<Receipt, JsonObject>>
  >();
  expectTypeOf(workflowGetStatus<Receipt>(client, { workflowId: 'w' }))
    .resolves.toHaveProperty('output')
    .toEqualTypeOf<Receipt | undefined>();
  expectTypeOf(workflowExecute<Receipt>(client, { name: 'order', version: 1, body: { name: 'order' } }))
    .resolves.toHaveProperty('output')
    .toEqualTypeOf<Receipt | undefined>();
  expectTypeOf(workflowWaitFor<Receipt>(client, { workflowId: 'w' }))
    .resolves.toHaveProperty('output')
    .toEqualTypeOf<Receipt>();
  expectTypeOf(taskPoll<Order>(client, { tasktype: 't' })).resolves.toEqualTypeOf<TypedTask<Order> | undefined>();
  expectTypeOf(taskPollBatch<Order>(client, { tasktype: 't' })).resolves.toEqualTypeOf<TypedTask<Order>[]>();
  // @ts-expect-error the total of an order is a number
  void workflowStart<Order>(client, { body: { name: 'order', input: { total: '7' } } });
});

test('what a call resolves to follows from its options', async () => {
  const params = { workflowId: 'w' };
  expectTypeOf(client.workflow.getTasks(params, { withResponse: true })).resolves.toEqualTypeOf<
    CallSuccess<TaskListSearchResultSummary>
  >();
  expectTypeOf(client.workflow.getTasks(params, { throwOnError: false })).resolves.toEqualTypeOf<
    CallResult<TaskListSearchResultSummary>
  >();
  expectTypeOf(workflowGet(client, params, { withResponse: true })).resolves.toExtend<CallSuccess<Workflow>>();
  expectTypeOf(workflowPause(client, params, { withResponse: true })).resolves.toEqualTypeOf<CallSuccess<void>>();
  expectTypeOf(client.version.get({ throwOnError: false })).resolves.toEqualTypeOf<CallResult<string>>();
  expectTypeOf(client.task.search(undefined, { withResponse: true })).resolves.toEqualTypeOf<
    CallSuccess<SearchResultTaskSummary>
  >();
  const { data, error } = await client.version.get({ throwOnError: false });
  if (error) expectTypeOf(error).toEqualTypeOf<Error>();
  else expectTypeOf(data).toEqualTypeOf<string>();
});

test('editors and utility types see the plain form of a call', () => {
  expectTypeOf<Parameters<ConductorClient['workflow']['getTasks']>>().toEqualTypeOf<
    [params: WorkflowGetTasksParams, options?: CallOptions | undefined]
  >();
  expectTypeOf<
    Awaited<ReturnType<ConductorClient['workflow']['getTasks']>>
  >().toEqualTypeOf<TaskListSearchResultSummary>();
});

test('hits of a search have their type', async () => {
  for await (const hit of client.workflow.searchAll({ query: 'status = RUNNING' })) {
    expectTypeOf(hit).toEqualTypeOf<WorkflowSummary>();
  }
});

test('a parameter that is required cannot be left out, nor misspelt', () => {
  // @ts-expect-error workflowId is required
  void client.workflow.get({});
  // @ts-expect-error no such parameter
  void client.workflow.get({ workflowId: 'w', includeTask: true });
});

test('the global fetch fits in place of the transport', () => {
  expectTypeOf<typeof fetch>().toExtend<NonNullable<Parameters<typeof createConductorClient>[1]>>();
});

test('what a request gives follows from its style and from whether it throws', () => {
  const url = '/api/x';
  expectTypeOf(client.get<Task>({ url })).resolves.toEqualTypeOf<RequestSuccess<Task>>();
  expectTypeOf(client.get<Task>({ url, throwOnError: false })).resolves.toEqualTypeOf<
    RequestSuccess<Task> | RequestFailure
  >();
  expectTypeOf(client.get<Task>({ url, responseStyle: 'data' })).resolves.toEqualTypeOf<Task>();
  expectTypeOf(client.post<Task>({ url, responseStyle: 'data', throwOnError: false })).resolves.toEqualTypeOf<
    Task | undefined
  >();
});

test('errors are told apart by their class', () => {
  const error: unknown = undefined;
  if (error instanceof ConductorApiError) expectTypeOf(error.status).toEqualTypeOf<number>();
  if (error instanceof AmbiguousRequestError) expectTypeOf(error.mayHaveBeenProcessed).toExtend<boolean>();
});
