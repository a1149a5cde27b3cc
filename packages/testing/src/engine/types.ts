import type { TaskDef, WorkflowDef, WorkflowTask } from './definition-types.ts';
import type { JsonMap } from './json-map.ts';

/** The shapes that travel over the wire. A member that is `undefined` is left out of the JSON, as the real server leaves out nulls. */

export type TaskStatus =
  | 'SCHEDULED'
  | 'IN_PROGRESS'
  | 'COMPLETED'
  | 'COMPLETED_WITH_ERRORS'
  | 'FAILED'
  | 'FAILED_WITH_TERMINAL_ERROR'
  | 'CANCELED'
  | 'TIMED_OUT'
  | 'SKIPPED';

export type WorkflowStatus = 'RUNNING' | 'PAUSED' | 'COMPLETED' | 'FAILED' | 'TERMINATED' | 'TIMED_OUT';

export interface Task {
  taskType: string;
  status: TaskStatus;
  inputData: JsonMap;
  referenceTaskName: string;
  retryCount: number;
  seq: number;
  correlationId?: string | undefined;
  pollCount: number;
  taskDefName: string;
  scheduledTime: number;
  startTime: number;
  endTime: number;
  updateTime: number;
  startDelayInSeconds: number;
  retriedTaskId?: string | undefined;
  retried: boolean;
  executed: boolean;
  callbackFromWorker: boolean;
  responseTimeoutSeconds: number;
  workflowInstanceId: string;
  workflowType?: string | undefined;
  taskId: string;
  reasonForIncompletion?: string | undefined;
  callbackAfterSeconds: number;
  workerId?: string | undefined;
  outputData: JsonMap;
  workflowTask: WorkflowTask;
  domain?: string | undefined;
  rateLimitPerFrequency: number;
  rateLimitFrequencyInSeconds: number;
  workflowPriority: number;
  iteration: number;
  subWorkflowId?: string | undefined;
  externalInputPayloadStoragePath?: string | undefined;
  externalOutputPayloadStoragePath?: string | undefined;
  subworkflowChanged: boolean;
  firstStartTime: number;
  executionMetadata: JsonMap;
  parentTaskId?: string | undefined;
  taskDefinition?: TaskDef | null | undefined;
  loopOverTask: boolean;
  queueWaitTime: number;
}

export interface Workflow {
  ownerApp: string;
  createTime: number;
  updateTime: number;
  status: WorkflowStatus;
  endTime: number;
  workflowId: string;
  parentWorkflowId?: string | undefined;
  parentWorkflowTaskId?: string | undefined;
  tasks: Task[];
  input: JsonMap;
  output: JsonMap;
  correlationId?: string | undefined;
  reasonForIncompletion?: string | undefined;
  taskToDomain: Record<string, string>;
  failedReferenceTaskNames: string[];
  failedTaskNames: string[];
  workflowDefinition: WorkflowDef;
  priority: number;
  variables: JsonMap;
  lastRetriedTime: number;
  history: Workflow[];
  idempotencyKey?: string | undefined;
  externalInputPayloadStoragePath?: string | undefined;
  externalOutputPayloadStoragePath?: string | undefined;
  rateLimited: boolean;
  startTime: number;
  workflowName: string;
  workflowVersion: number;
}

export interface TaskLog {
  log: string;
  taskId: string;
  createdTime: number;
}

export interface PollData {
  queueName: string;
  domain?: string | undefined;
  workerId?: string | undefined;
  lastPollTime: number;
}

export interface SearchResult<T> {
  totalHits: number;
  results: T[];
}

export interface BulkResponse<T = string> {
  bulkErrorResults: Record<string, string>;
  bulkSuccessfulResults: T[];
}

/** What a worker reports. */
export interface TaskResult {
  workflowInstanceId: string;
  taskId: string;
  status?: TaskStatus | undefined;
  reasonForIncompletion?: string | undefined;
  callbackAfterSeconds: number;
  workerId?: string | undefined;
  outputData?: JsonMap | undefined;
  logs: { log: string; createdTime?: number | undefined }[];
  extendLease: boolean;
  subWorkflowId?: string | undefined;
}

/** A workflow in search results: times as ISO text, payloads as the text of a Java map. */
export interface WorkflowSummary {
  workflowType: string;
  version: number;
  workflowId: string;
  correlationId?: string | undefined;
  startTime: string;
  updateTime: string;
  endTime?: string | undefined;
  status: WorkflowStatus;
  input: string;
  output: string;
  reasonForIncompletion?: string | undefined;
  executionTime: number;
  failedReferenceTaskNames: string;
  failedTaskNames: string[];
  priority: number;
  taskToDomain: Record<string, string>;
  parentWorkflowId: string;
  classifier?: string | undefined;
  inputSize: number;
  outputSize: number;
  idempotencyKey?: string | undefined;
}

export interface TaskSummary {
  workflowId: string;
  workflowType: string;
  correlationId?: string | undefined;
  scheduledTime: string;
  startTime: string;
  updateTime: string;
  endTime: string;
  status: TaskStatus;
  reasonForIncompletion?: string | undefined;
  executionTime: number;
  queueWaitTime: number;
  taskDefName: string;
  taskType: string;
  input: string;
  output: string;
  taskId: string;
  workflowPriority: number;
  domain?: string | undefined;
}
