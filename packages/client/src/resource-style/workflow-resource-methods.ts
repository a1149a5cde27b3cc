import type {
  ExternalStorageLocation,
  RerunWorkflowRequest,
  ReturnStrategy,
  SearchResultWorkflow,
  SearchResultWorkflowSummary,
  SignalResponse,
  SkipTaskRequest,
  StartWorkflowRequest,
  Workflow,
  WorkflowStatus,
  WorkflowTestRequest,
} from '../generated/types.gen.ts';
import type { Search } from './search.ts';

/** Workflows, in the style of the published SDK. */
export interface WorkflowResource {
  /** @deprecated Use `client.workflow.getRunning`. */
  getRunningWorkflow(name: string, version?: number, startTime?: number, endTime?: number): Promise<string[]>;
  /** @deprecated Use `client.workflow.execute`. */
  executeWorkflow(
    body: StartWorkflowRequest,
    name: string,
    version: number,
    requestId?: string,
    waitUntilTaskRef?: string,
    waitForSeconds?: number,
    consistency?: string,
    returnStrategy?: ReturnStrategy,
  ): Promise<SignalResponse>;
  /** @deprecated Use `client.workflow.start`. */
  startWorkflow(requestBody: StartWorkflowRequest): Promise<string>;
  /** @deprecated Use `client.workflow.decide`. */
  decide(workflowId: string): Promise<void>;
  /** @deprecated Use `client.workflow.rerun`. */
  rerun(workflowId: string, requestBody: RerunWorkflowRequest): Promise<string>;
  /** @deprecated Use `client.workflow.searchV2`. */
  searchV21: Search<SearchResultWorkflow>;
  /** @deprecated Use `client.workflow.pause`. */
  pauseWorkflow(workflowId: string): Promise<void>;
  /** @deprecated Use `client.workflow.skipTask`. */
  skipTaskFromWorkflow(workflowId: string, taskReferenceName: string, requestBody?: SkipTaskRequest): Promise<void>;
  /** @deprecated Use `client.workflow.getByCorrelationIds`. */
  getWorkflows(
    name: string,
    requestBody: string[],
    includeClosed?: boolean,
    includeTasks?: boolean,
  ): Promise<Record<string, Workflow[]>>;
  /** @deprecated Use `client.workflow.getStatus`. */
  getWorkflowStatusSummary(
    workflowId: string,
    includeOutput?: boolean,
    includeVariables?: boolean,
  ): Promise<WorkflowStatus>;
  /** @deprecated Use `client.workflow.getByCorrelationId`. */
  getWorkflows1(
    name: string,
    correlationId: string,
    includeClosed?: boolean,
    includeTasks?: boolean,
  ): Promise<Workflow[]>;
  /** @deprecated Use `client.workflow.retry`. */
  retry1(workflowId: string, resumeSubworkflowTasks?: boolean): Promise<void>;
  /** @deprecated Use `client.workflow.get`. */
  getExecutionStatus(workflowId: string, includeTasks?: boolean): Promise<Workflow>;
  /** @deprecated Use `client.workflow.terminate`. */
  terminate1(workflowId: string, reason?: string): Promise<void>;
  /** @deprecated Use `client.workflow.resume`. */
  resumeWorkflow(workflowId: string): Promise<void>;
  /** @deprecated Use `client.workflow.remove`. */
  delete(workflowId: string, archiveWorkflow?: boolean): Promise<void>;
  /** @deprecated Use `client.workflow.searchByTasks`. */
  searchWorkflowsByTasks: Search<SearchResultWorkflowSummary>;
  /** @deprecated Use `client.workflow.getExternalStorageLocation`. */
  getExternalStorageLocation(path: string, operation: string, payloadType: string): Promise<ExternalStorageLocation>;
  /** @deprecated Use `client.workflow.startByName`. */
  startWorkflow1(
    name: string,
    requestBody: Readonly<Record<string, unknown>>,
    version?: number,
    correlationId?: string,
    priority?: number,
  ): Promise<string>;
  /** @deprecated Use `client.workflow.restart`. */
  restart1(workflowId: string, useLatestDefinitions?: boolean): Promise<void>;
  /** @deprecated Use `client.workflow.search`. */
  search1(
    queryId?: string,
    start?: number,
    size?: number,
    sort?: string,
    freeText?: string,
    query?: string,
    skipCache?: boolean,
  ): Promise<SearchResultWorkflowSummary>;
  /** @deprecated Use `client.workflow.searchByTasksV2`. */
  searchWorkflowsByTasksV2: Search<SearchResultWorkflow>;
  /** @deprecated Use `client.workflow.resetCallbacks`. */
  resetWorkflow(workflowId: string): Promise<void>;
  /** @deprecated Use `client.workflow.test`. */
  testWorkflow(requestBody: WorkflowTestRequest): Promise<Workflow>;
}
