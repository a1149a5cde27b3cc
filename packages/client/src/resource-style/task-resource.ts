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
import type { ResourceTable } from './resource-table.ts';
import type { Search } from './search.ts';

type Output = Readonly<Record<string, unknown>>;

/** Tasks, in the style of the published SDK. */
export interface TaskResource {
  /** @deprecated Use `client.task.poll`. */
  poll(tasktype: string, workerid?: string, domain?: string): Promise<Task | undefined>;
  /** @deprecated Use `client.task.getQueueDetails`. */
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
  /** @deprecated Use `client.task.getAllQueueSizes`. */
  all(): Promise<Record<string, number>>;
  /** @deprecated Use `client.task.requeue`. */
  requeuePendingTask(taskType: string): Promise<string>;
  /** @deprecated Use `client.task.search`. */
  search: Search<SearchResultTaskSummary>;
  /** @deprecated Use `client.task.searchV2`. */
  searchV22: Search<SearchResultTask>;
  /** @deprecated Use `client.task.getPollData`. */
  getPollData(taskType: string): Promise<PollData[]>;
  /** @deprecated Use `client.task.getLogs`. */
  getTaskLogs(taskId: string): Promise<TaskExecLog[]>;
  /** @deprecated Use `client.task.addLog`. */
  log(taskId: string, requestBody: string): Promise<void>;
  /** @deprecated Use `client.task.getAllPollData`. */
  getAllPollData(): Promise<PollData[]>;
  /** @deprecated Use `client.task.pollBatch`. */
  batchPoll(tasktype: string, workerid?: string, domain?: string, count?: number, timeout?: number): Promise<Task[]>;
  /** @deprecated Use `client.task.update`. */
  updateTask1(requestBody: TaskResult): Promise<string>;
  /** @deprecated Use `client.task.getQueueSizes`. */
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

export const taskResource: ResourceTable<TaskResource> = {
  poll: 'task.poll',
  allVerbose: 'task.getQueueDetails',
  updateTask: 'task.updateByRef workflowId taskRefName status body',
  getTask: 'task.get',
  all: 'task.getAllQueueSizes',
  requeuePendingTask: 'task.requeue',
  search: 'task.search size=100 freeText="*"',
  searchV22: 'task.searchV2 size=100 freeText="*"',
  getPollData: 'task.getPollData',
  getTaskLogs: 'task.getLogs',
  // As JSON, with quotes around the text: what the published SDK sends.
  log: { call: 'task.addLog', operation: { body: 'any' } },
  getAllPollData: 'task.getAllPollData',
  batchPoll: 'task.pollBatch count=1 timeout=100',
  updateTask1: 'task.update',
  size1: 'task.getQueueSizes',
  getExternalStorageLocation1: 'task.getExternalStorageLocation',
  updateTaskSync: 'task.updateByRefSync',
  signal: 'task.signalSync workflowId status body returnStrategy="TARGET_WORKFLOW"',
  signalAsync: 'task.signal',
};
