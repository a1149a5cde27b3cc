import type { SignalResponse, StartWorkflowRequest, Task, Workflow, WorkflowStatus } from '../generated/types.gen.ts';

/** What stands in inputs and outputs where nobody names a type. */
export interface JsonObject {
  readonly [key: string]: unknown;
}

/** An execution whose input and output have types. They are the caller's word: nothing checks them. */
export interface TypedWorkflow<Output, Input> extends Omit<Workflow, 'input' | 'output'> {
  readonly input: Input;
  /** Empty until the execution has ended. */
  readonly output: Output;
}

/** A status whose output has a type. */
export interface TypedWorkflowStatus<Output> extends Omit<WorkflowStatus, 'output'> {
  /** There where `includeOutput` asked for it. */
  readonly output?: Output | undefined;
}

/** A task whose input has a type. */
export interface TypedTask<Input> extends Omit<Task, 'inputData'> {
  readonly inputData: Input;
}

/** A start whose input has a type. */
export interface TypedStart<Input> extends Omit<StartWorkflowRequest, 'input'> {
  readonly input?: Input | undefined;
}

/** The answer of a synchronous execution whose output has a type. */
export interface TypedExecution<Output> extends Omit<SignalResponse, 'output'> {
  readonly output?: Output | undefined;
}
