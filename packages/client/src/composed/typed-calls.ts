import type { WorkflowExecuteParams, WorkflowGetParams, WorkflowGetStatusParams } from '../generated/params.gen.ts';
import type { TaskPollBatchParams, TaskPollParams } from '../generated/params.gen.ts';
import type { CallOptions, NoThrow, WithResponse } from '../runtime/caller.ts';
import type { CallResult, CallSuccess } from '../runtime/call-result.ts';
import type {
  JsonObject,
  TypedExecution,
  TypedStart,
  TypedTask,
  TypedWorkflow,
  TypedWorkflowStatus,
} from './typed-workflow.ts';

/*
 * Generated methods again, with type parameters for what goes in and comes out of workflows and tasks. Types only. Outputs
 * come first, since most callers name nothing else.
 */

/** Starts an execution, gives its id. */
export interface TypedStartMethod {
  <Input = JsonObject>(params: { body: TypedStart<Input> }, options: NoThrow): Promise<CallResult<string>>;
  <Input = JsonObject>(params: { body: TypedStart<Input> }, options: WithResponse): Promise<CallSuccess<string>>;
  <Input = JsonObject>(params: { body: TypedStart<Input> }, options?: CallOptions): Promise<string>;
}

/** Gets an execution. */
export interface TypedGetMethod {
  <Output = JsonObject, Input = JsonObject>(
    params: WorkflowGetParams,
    options: NoThrow,
  ): Promise<CallResult<TypedWorkflow<Output, Input>>>;
  <Output = JsonObject, Input = JsonObject>(
    params: WorkflowGetParams,
    options: WithResponse,
  ): Promise<CallSuccess<TypedWorkflow<Output, Input>>>;
  <Output = JsonObject, Input = JsonObject>(
    params: WorkflowGetParams,
    options?: CallOptions,
  ): Promise<TypedWorkflow<Output, Input>>;
}

/** Gets the status of an execution, and its output where asked for. */
export interface TypedGetStatusMethod {
  <Output = JsonObject>(
    params: WorkflowGetStatusParams,
    options: NoThrow,
  ): Promise<CallResult<TypedWorkflowStatus<Output>>>;
  <Output = JsonObject>(
    params: WorkflowGetStatusParams,
    options: WithResponse,
  ): Promise<CallSuccess<TypedWorkflowStatus<Output>>>;
  <Output = JsonObject>(params: WorkflowGetStatusParams, options?: CallOptions): Promise<TypedWorkflowStatus<Output>>;
}

/** What a synchronous execution takes. */
export interface TypedExecuteParams<Input> extends Omit<WorkflowExecuteParams, 'body'> {
  readonly body: TypedStart<Input>;
}

/** Starts an execution and holds the request open until it has ended, or until the time or the task named is there. */
export interface TypedExecuteMethod {
  <Output = JsonObject, Input = JsonObject>(
    params: TypedExecuteParams<Input>,
    options: NoThrow,
  ): Promise<CallResult<TypedExecution<Output>>>;
  <Output = JsonObject, Input = JsonObject>(
    params: TypedExecuteParams<Input>,
    options: WithResponse,
  ): Promise<CallSuccess<TypedExecution<Output>>>;
  <Output = JsonObject, Input = JsonObject>(
    params: TypedExecuteParams<Input>,
    options?: CallOptions,
  ): Promise<TypedExecution<Output>>;
}

/** Takes a task from a queue. */
export interface TypedPollMethod {
  <Input = JsonObject>(params: TaskPollParams, options: NoThrow): Promise<CallResult<TypedTask<Input> | undefined>>;
  <Input = JsonObject>(
    params: TaskPollParams,
    options: WithResponse,
  ): Promise<CallSuccess<TypedTask<Input> | undefined>>;
  <Input = JsonObject>(params: TaskPollParams, options?: CallOptions): Promise<TypedTask<Input> | undefined>;
}

/** Takes several tasks from a queue. */
export interface TypedPollBatchMethod {
  <Input = JsonObject>(params: TaskPollBatchParams, options: NoThrow): Promise<CallResult<TypedTask<Input>[]>>;
  <Input = JsonObject>(params: TaskPollBatchParams, options: WithResponse): Promise<CallSuccess<TypedTask<Input>[]>>;
  <Input = JsonObject>(params: TaskPollBatchParams, options?: CallOptions): Promise<TypedTask<Input>[]>;
}
