import type { JsonMap } from './json-map.ts';

/** A task definition with every default filled in. */
export interface TaskDef {
  name: string;
  description?: string | undefined;
  createTime?: number | undefined;
  updateTime?: number | undefined;
  createdBy?: string | undefined;
  updatedBy?: string | undefined;
  ownerApp?: string | undefined;
  ownerEmail?: string | undefined;
  retryCount: number;
  retryLogic: 'FIXED' | 'EXPONENTIAL_BACKOFF' | 'LINEAR_BACKOFF';
  retryDelaySeconds: number;
  maxRetryDelaySeconds: number;
  backoffScaleFactor: number;
  backoffJitterMs: number;
  timeoutSeconds: number;
  timeoutPolicy: 'RETRY' | 'TIME_OUT_WF' | 'ALERT_ONLY';
  responseTimeoutSeconds: number;
  totalTimeoutSeconds: number;
  pollTimeoutSeconds?: number | undefined;
  concurrentExecLimit?: number | undefined;
  rateLimitPerFrequency: number;
  rateLimitFrequencyInSeconds: number;
  isolationGroupId?: string | undefined;
  executionNameSpace?: string | undefined;
  inputKeys: string[];
  outputKeys: string[];
  inputTemplate: JsonMap;
  runtimeMetadata: unknown[];
  taskStatusListenerEnabled: boolean;
  enforceSchema: boolean;
  [further: string]: unknown;
}

export interface SubWorkflowParams {
  name?: string | undefined;
  version?: number | undefined;
  taskToDomain?: Record<string, string> | undefined;
  priority?: unknown;
  workflowDefinition?: unknown;
  [further: string]: unknown;
}

/** One step of a workflow definition. */
export interface WorkflowTask {
  name: string;
  taskReferenceName: string;
  type: string;
  inputParameters: JsonMap;
  decisionCases: Record<string, WorkflowTask[]>;
  defaultCase: WorkflowTask[];
  forkTasks: WorkflowTask[][];
  loopOver: WorkflowTask[];
  joinOn: string[];
  startDelay: number;
  optional: boolean;
  asyncComplete: boolean;
  permissive: boolean;
  retryCount?: number | undefined;
  loopCondition?: string | undefined;
  evaluatorType?: string | undefined;
  expression?: string | undefined;
  caseValueParam?: string | undefined;
  caseExpression?: string | undefined;
  dynamicTaskNameParam?: string | undefined;
  dynamicForkJoinTasksParam?: string | undefined;
  dynamicForkTasksParam?: string | undefined;
  dynamicForkTasksInputParamName?: string | undefined;
  subWorkflowParam?: SubWorkflowParams | undefined;
  sink?: string | undefined;
  taskDefinition?: TaskDef | undefined;
  [further: string]: unknown;
}

export interface WorkflowDef {
  name: string;
  version: number;
  tasks: WorkflowTask[];
  createTime?: number | undefined;
  updateTime?: number | undefined;
  description?: string | undefined;
  ownerEmail?: string | undefined;
  inputParameters: string[];
  outputParameters: JsonMap;
  inputTemplate: JsonMap;
  variables: JsonMap;
  failureWorkflow?: string | undefined;
  failureWorkflowVersion?: number | undefined;
  schemaVersion: number;
  restartable: boolean;
  timeoutPolicy: 'TIME_OUT_WF' | 'ALERT_ONLY';
  timeoutSeconds: number;
  [further: string]: unknown;
}
