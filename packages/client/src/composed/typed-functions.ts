import * as generated from '../generated/functions.gen.ts';
import type {
  TaskPollBatchParams,
  TaskPollParams,
  WorkflowGetParams,
  WorkflowGetStatusParams,
} from '../generated/params.gen.ts';
import type { Caller, CallOptions, NoThrow, WithResponse } from '../runtime/caller.ts';
import type { CallResult, CallSuccess } from '../runtime/call-result.ts';
import type { TypedExecuteParams } from './typed-calls.ts';
import type {
  JsonObject,
  TypedExecution,
  TypedStart,
  TypedTask,
  TypedWorkflow,
  TypedWorkflowStatus,
} from './typed-workflow.ts';

/*
 * Generated functions again, with the same type parameters as the methods of the groups have. Only their types differ.
 */

/** Starts an execution, gives its id: `client.workflow.start` as a function. `workflowStart<Input>` types what goes in. */
export const workflowStart: TypedStartFunction = generated.workflowStart;

/** Gets an execution: `client.workflow.get` as a function. `workflowGet<Output, Input>` types what it holds. */
export const workflowGet: TypedGetFunction = generated.workflowGet;

/** Gets the status of an execution: `client.workflow.getStatus` as a function. `workflowGetStatus<Output>` types its output. */
export const workflowGetStatus: TypedGetStatusFunction = generated.workflowGetStatus;

/** Starts an execution and waits in one request: `client.workflow.execute` as a function. `workflowExecute<Output, Input>` types both. */
export const workflowExecute: TypedExecuteFunction = generated.workflowExecute;

/** Takes a task from a queue: `client.task.poll` as a function. `taskPoll<Input>` types what it is given. */
export const taskPoll: TypedPollFunction = generated.taskPoll;

/** Takes several tasks from a queue: `client.task.pollBatch` as a function. `taskPollBatch<Input>` types what they are given. */
export const taskPollBatch: TypedPollBatchFunction = generated.taskPollBatch;

/** The function of `workflow.start`. */
export interface TypedStartFunction {
  <Input = JsonObject>(
    client: Caller,
    params: { body: TypedStart<Input> },
    options: NoThrow,
  ): Promise<CallResult<string>>;
  <Input = JsonObject>(
    client: Caller,
    params: { body: TypedStart<Input> },
    options: WithResponse,
  ): Promise<CallSuccess<string>>;
  <Input = JsonObject>(client: Caller, params: { body: TypedStart<Input> }, options?: CallOptions): Promise<string>;
}

/** The function of `workflow.get`. */
export interface TypedGetFunction {
  <Output = JsonObject, Input = JsonObject>(
    client: Caller,
    params: WorkflowGetParams,
    options: NoThrow,
  ): Promise<CallResult<TypedWorkflow<Output, Input>>>;
  <Output = JsonObject, Input = JsonObject>(
    client: Caller,
    params: WorkflowGetParams,
    options: WithResponse,
  ): Promise<CallSuccess<TypedWorkflow<Output, Input>>>;
  <Output = JsonObject, Input = JsonObject>(
    client: Caller,
    params: WorkflowGetParams,
    options?: CallOptions,
  ): Promise<TypedWorkflow<Output, Input>>;
}

/** The function of `workflow.getStatus`. */
export interface TypedGetStatusFunction {
  <Output = JsonObject>(
    client: Caller,
    params: WorkflowGetStatusParams,
    options: NoThrow,
  ): Promise<CallResult<TypedWorkflowStatus<Output>>>;
  <Output = JsonObject>(
    client: Caller,
    params: WorkflowGetStatusParams,
    options: WithResponse,
  ): Promise<CallSuccess<TypedWorkflowStatus<Output>>>;
  <Output = JsonObject>(
    client: Caller,
    params: WorkflowGetStatusParams,
    options?: CallOptions,
  ): Promise<TypedWorkflowStatus<Output>>;
}

/** The function of `workflow.execute`. */
export interface TypedExecuteFunction {
  <Output = JsonObject, Input = JsonObject>(
    client: Caller,
    params: TypedExecuteParams<Input>,
    options: NoThrow,
  ): Promise<CallResult<TypedExecution<Output>>>;
  <Output = JsonObject, Input = JsonObject>(
    client: Caller,
    params: TypedExecuteParams<Input>,
    options: WithResponse,
  ): Promise<CallSuccess<TypedExecution<Output>>>;
  <Output = JsonObject, Input = JsonObject>(
    client: Caller,
    params: TypedExecuteParams<Input>,
    options?: CallOptions,
  ): Promise<TypedExecution<Output>>;
}

/** The function of `task.poll`. */
export interface TypedPollFunction {
  <Input = JsonObject>(
    client: Caller,
    params: TaskPollParams,
    options: NoThrow,
  ): Promise<CallResult<TypedTask<Input> | undefined>>;
  <Input = JsonObject>(
    client: Caller,
    params: TaskPollParams,
    options: WithResponse,
  ): Promise<CallSuccess<TypedTask<Input> | undefined>>;
  <Input = JsonObject>(
    client: Caller,
    params: TaskPollParams,
    options?: CallOptions,
  ): Promise<TypedTask<Input> | undefined>;
}

/** The function of `task.pollBatch`. */
export interface TypedPollBatchFunction {
  <Input = JsonObject>(
    client: Caller,
    params: TaskPollBatchParams,
    options: NoThrow,
  ): Promise<CallResult<TypedTask<Input>[]>>;
  <Input = JsonObject>(
    client: Caller,
    params: TaskPollBatchParams,
    options: WithResponse,
  ): Promise<CallSuccess<TypedTask<Input>[]>>;
  <Input = JsonObject>(client: Caller, params: TaskPollBatchParams, options?: CallOptions): Promise<TypedTask<Input>[]>;
}
