import {
  taskAddLogOperation,
  taskGetExternalStorageLocationOperation,
  taskGetLogsOperation,
  taskGetOperation,
  taskPollBatchOperation,
  taskPollDataAllOperation,
  taskPollDataOperation,
  taskPollOperation,
  taskQueueDetailsOperation,
  taskQueueSizesAllOperation,
  taskQueueSizesOperation,
  taskRequeueOperation,
  taskSearchOperation,
  taskSearchV2Operation,
  taskSignalOperation,
  taskSignalSyncOperation,
  taskUpdateByRefOperation,
  taskUpdateByRefSyncOperation,
  taskUpdateOperation,
} from '../generated/operations.gen.ts';
import type {
  ExternalStorageLocation,
  PollData,
  ReturnStrategy,
  SearchResultTask,
  SearchResultTaskSummary,
  SignalResponse,
  Task,
  TaskExecLog,
  TaskResult,
  TaskResultStatus,
  Workflow,
} from '../generated/types.gen.ts';
import type { Operation } from '../runtime/operation.ts';
import type { ResourceTable } from './resource-table.ts';
import { type Search, SEARCH } from './search-arguments.ts';

type Output = Readonly<Record<string, unknown>>;

/** Tasks, in the style of the published SDK. */
export interface TaskResource {
  /** @deprecated Use `client.task.poll`. */
  poll(tasktype: string, workerid?: string, domain?: string): Promise<Task | undefined>;
  /** @deprecated Use `client.task.queueDetails`. */
  allVerbose(): Promise<Record<string, Record<string, Record<string, number>>>>;
  /** @deprecated Use `client.task.updateByRef`. */
  updateTask(
    workflowId: string,
    taskRefName: string,
    status: TaskResultStatus,
    requestBody: Output,
  ): Promise<string | undefined>;
  /** @deprecated Use `client.task.get`. */
  getTask(taskId: string): Promise<Task>;
  /** @deprecated Use `client.task.queueSizesAll`. */
  all(): Promise<Record<string, number>>;
  /** @deprecated Use `client.task.requeue`. */
  requeuePendingTask(taskType: string): Promise<string>;
  /** @deprecated Use `client.task.search`. */
  search: Search<SearchResultTaskSummary>;
  /** @deprecated Use `client.task.searchV2`. */
  searchV22: Search<SearchResultTask>;
  /** @deprecated Use `client.task.pollData`. */
  getPollData(taskType: string): Promise<PollData[]>;
  /** @deprecated Use `client.task.getLogs`. */
  getTaskLogs(taskId: string): Promise<TaskExecLog[]>;
  /** @deprecated Use `client.task.addLog`. */
  log(taskId: string, requestBody: string): Promise<void>;
  /** @deprecated Use `client.task.pollDataAll`. */
  getAllPollData(): Promise<PollData[]>;
  /** @deprecated Use `client.task.pollBatch`. */
  batchPoll(tasktype: string, workerid?: string, domain?: string, count?: number, timeout?: number): Promise<Task[]>;
  /** @deprecated Use `client.task.update`. */
  updateTask1(requestBody: TaskResult): Promise<string>;
  /** @deprecated Use `client.task.queueSizes`. */
  size1(taskType?: string[]): Promise<Record<string, number>>;
  /** @deprecated Use `client.task.getExternalStorageLocation`. */
  getExternalStorageLocation1(path: string, operation: string, payloadType: string): Promise<ExternalStorageLocation>;
  /** @deprecated Use `client.task.updateByRefSync`. */
  updateTaskSync(
    workflowId: string,
    taskRefName: string,
    status: TaskResultStatus,
    output: Output,
    workerId?: string,
  ): Promise<Workflow>;
  /** @deprecated Use `client.task.signalSync`. */
  signal(
    workflowId: string,
    status: TaskResultStatus,
    output: Output,
    returnStrategy?: ReturnStrategy,
  ): Promise<SignalResponse>;
  /** @deprecated Use `client.task.signal`. */
  signalAsync(workflowId: string, status: TaskResultStatus, output: Output): Promise<void>;
}

/** Called, and marked pure: a spread at the top of a module is kept by bundlers, with all that it stands in. */
function asJson(operation: Operation): Operation {
  return { ...operation, body: 'json' };
}

export const taskResource: ResourceTable<TaskResource> = {
  poll: { operation: taskPollOperation, takes: ['tasktype', 'workerid', 'domain'], now: 'task.poll' },
  allVerbose: { operation: taskQueueDetailsOperation, takes: [], now: 'task.queueDetails' },
  updateTask: {
    operation: taskUpdateByRefOperation,
    takes: ['workflowId', 'taskRefName', 'status', 'body'],
    now: 'task.updateByRef',
  },
  getTask: { operation: taskGetOperation, takes: ['taskId'], now: 'task.get' },
  all: { operation: taskQueueSizesAllOperation, takes: [], now: 'task.queueSizesAll' },
  requeuePendingTask: { operation: taskRequeueOperation, takes: ['taskType'], now: 'task.requeue' },
  search: { operation: taskSearchOperation, takes: SEARCH, now: 'task.search' },
  searchV22: { operation: taskSearchV2Operation, takes: SEARCH, now: 'task.searchV2' },
  getPollData: { operation: taskPollDataOperation, takes: ['taskType'], now: 'task.pollData' },
  getTaskLogs: { operation: taskGetLogsOperation, takes: ['taskId'], now: 'task.getLogs' },
  // As JSON, with quotes around the text: what the published SDK sends.
  log: { operation: /* @__PURE__ */ asJson(taskAddLogOperation), takes: ['taskId', 'body'], now: 'task.addLog' },
  getAllPollData: { operation: taskPollDataAllOperation, takes: [], now: 'task.pollDataAll' },
  batchPoll: {
    operation: taskPollBatchOperation,
    takes: ['tasktype', 'workerid', 'domain', ['count', 1], ['timeout', 100]],
    now: 'task.pollBatch',
  },
  updateTask1: { operation: taskUpdateOperation, takes: ['body'], now: 'task.update' },
  size1: { operation: taskQueueSizesOperation, takes: ['taskType'], now: 'task.queueSizes' },
  getExternalStorageLocation1: {
    operation: taskGetExternalStorageLocationOperation,
    takes: ['path', 'operation', 'payloadType'],
    now: 'task.getExternalStorageLocation',
  },
  updateTaskSync: {
    operation: taskUpdateByRefSyncOperation,
    takes: ['workflowId', 'taskRefName', 'status', 'body', 'workerid'],
    now: 'task.updateByRefSync',
  },
  signal: {
    operation: taskSignalSyncOperation,
    takes: ['workflowId', 'status', 'body', ['returnStrategy', 'TARGET_WORKFLOW']],
    now: 'task.signalSync',
  },
  signalAsync: { operation: taskSignalOperation, takes: ['workflowId', 'status', 'body'], now: 'task.signal' },
};
