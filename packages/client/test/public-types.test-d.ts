import { expectTypeOf, test } from 'vitest';
import {
  AmbiguousRequestError,
  type ConductorClient,
  ConductorApiError,
  type createConductorClient,
  type RequestFailure,
  type RequestSuccess,
  type Task,
  type Workflow,
  workflowGet,
} from '../src/index.ts';

declare const client: ConductorClient;

test('answers have the types of the API', () => {
  expectTypeOf(client.workflow.get({ workflowId: 'w' })).resolves.toEqualTypeOf<Workflow>();
  expectTypeOf(client.task.poll({ tasktype: 't' })).resolves.toEqualTypeOf<Task | undefined>();
  expectTypeOf(client.workflow.start({ body: { name: 'w' } })).resolves.toEqualTypeOf<string>();
  expectTypeOf(client.taskResource.poll('t')).resolves.toEqualTypeOf<Task | undefined>();
});

test('the function of an operation takes a client', () => {
  expectTypeOf(workflowGet(client, { workflowId: 'w' })).resolves.toEqualTypeOf<Workflow>();
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
