import type { TaskDef, WorkflowDef } from './definition-types.ts';
import type { JsonMap } from './json-map.ts';
import type {
  BulkResponse,
  PollData,
  SearchResult,
  Task,
  TaskLog,
  TaskSummary,
  Workflow,
  WorkflowStatus,
  WorkflowSummary,
} from './types.ts';

/** What the engine can do, grouped as the server's HTTP resources are. A method that refuses throws a `ServerError`. */
export interface Engine {
  readonly metadata: MetadataApi;
  readonly workflow: WorkflowApi;
  readonly task: TaskApi;
  readonly bulk: BulkApi;
  stats(): EngineStats;
  /** Cancels every timer and ends every wait. */
  close(): void;
}

/** The server's own count, so that a test can prove that nothing was started twice or lost. */
export interface EngineStats {
  readonly workflowsStarted: number;
  readonly workflowsCompleted: number;
  /** Ended in any other way than COMPLETED. */
  readonly workflowsFailed: number;
  readonly tasksScheduled: number;
  readonly tasksPolled: number;
  readonly tasksCompleted: number;
  /** Updates for a task that had already ended: accepted and ignored, as on the real server. */
  readonly updatesIgnored: number;
  /** Starts by correlation id, the newest 100,000 ids only. */
  readonly startsByCorrelationId: ReadonlyMap<string, number>;
}

export interface MetadataApi {
  registerTaskDefs(defs: unknown): void;
  updateTaskDef(def: unknown): void;
  getTaskDef(name: string): TaskDef;
  getTaskDefs(): TaskDef[];
  unregisterTaskDef(name: string): void;
  createWorkflowDef(def: unknown, options?: { overwrite?: boolean | undefined }): void;
  updateWorkflowDefs(defs: unknown): BulkResponse;
  validateWorkflowDef(def: unknown): void;
  getWorkflowDef(name: string, version?: number): WorkflowDef;
  getWorkflowDefs(): WorkflowDef[];
  getLatestVersions(): WorkflowDef[];
  getNames(): string[];
  getNamesAndVersions(): Record<string, WorkflowDefSummary[]>;
  getVersions(name: string): WorkflowDefSummary[];
  unregisterWorkflowDef(name: string, version: number): void;
}

export interface WorkflowDefSummary {
  readonly name: string;
  readonly version: number;
  readonly createTime?: number | undefined;
  readonly updateTime?: number | undefined;
}

export interface SearchRequest {
  readonly start?: number | undefined;
  readonly size?: number | undefined;
  readonly sort?: string | undefined;
  readonly freeText?: string | undefined;
  readonly query?: string | undefined;
  /** Of workflows: only those of this class; the open-source server knows `workflow` and the classes of its agents. */
  readonly classifier?: string | undefined;
  /** Of workflows: none that another one started as its child. */
  readonly topLevelOnly?: boolean | undefined;
}

export interface CorrelationOptions {
  readonly includeClosed?: boolean | undefined;
  readonly includeTasks?: boolean | undefined;
}

export interface WorkflowStatusAnswer {
  readonly workflowId: string;
  readonly correlationId?: string | undefined;
  readonly output?: JsonMap | undefined;
  readonly variables?: JsonMap | undefined;
  readonly status: WorkflowStatus;
}

export interface WaitOptions {
  /** Comes back as soon as this task has ended; absent: as soon as the workflow has. */
  readonly untilTaskRef?: string | undefined;
  /** Also comes back when a WAIT task holds the workflow, or a sub-workflow of it. */
  readonly untilBlocked?: boolean | undefined;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

export interface WorkflowApi {
  start(request: unknown): string;
  get(id: string, includeTasks?: boolean): Workflow;
  getStatus(
    id: string,
    options?: { includeOutput?: boolean | undefined; includeVariables?: boolean | undefined },
  ): WorkflowStatusAnswer;
  getTasks(
    id: string,
    options?: { start?: number | undefined; count?: number | undefined; status?: readonly string[] | undefined },
  ): SearchResult<Task>;
  running(name: string, version?: number, startTime?: number, endTime?: number): string[];
  search(request: SearchRequest): SearchResult<WorkflowSummary>;
  searchV2(request: SearchRequest): SearchResult<Workflow>;
  searchByTasks(request: SearchRequest): SearchResult<WorkflowSummary>;
  searchByTasksV2(request: SearchRequest): SearchResult<Workflow>;
  correlated(name: string, correlationIds: readonly string[], options?: CorrelationOptions): Record<string, Workflow[]>;
  getByCorrelationId(name: string, correlationId: string, options?: CorrelationOptions): Workflow[];
  pause(id: string): void;
  resume(id: string): void;
  terminate(id: string, reason?: string): void;
  terminateAndRemove(id: string, reason?: string, archive?: boolean): void;
  remove(id: string, archive?: boolean): void;
  /** With `resumeSubworkflowTasks` a child that failed goes on, in place of a new one. */
  retry(id: string, resumeSubworkflowTasks?: boolean): void;
  restart(id: string, useLatestDefinitions?: boolean): void;
  rerun(id: string, request?: unknown): string;
  skipTask(id: string, taskReferenceName: string, request?: unknown): void;
  decide(id: string): void;
  resetCallbacks(id: string): void;
  /** Runs a workflow to its end with mocked task outputs; nothing of it is kept. */
  test(request: unknown): Workflow;
  /** For synchronous execution: the workflow as it is when it ends, or when the wait is over. */
  waitFor(id: string, options: WaitOptions): Promise<Workflow>;
  /** The WAIT task that holds a workflow, or a sub-workflow of it. */
  findBlocked(id: string): Task | undefined;
  /** False also where there is no such execution. */
  isRunning(id: string): boolean;
}

export interface BatchPollOptions {
  readonly workerId?: string | undefined;
  readonly domain?: string | undefined;
  readonly count?: number | undefined;
  readonly timeoutMs?: number | undefined;
  /** Only the engine's owner aborts: the real server does not notice that a poller has gone, and its task is lost until the response timeout. */
  readonly signal?: AbortSignal | undefined;
}

export interface TaskApi {
  poll(type: string, workerId?: string, domain?: string): Task | undefined;
  pollBatch(type: string, options?: BatchPollOptions): Promise<Task[]>;
  get(id: string): Task;
  /** The tasks of a type that have not ended, oldest execution first. */
  open(type: string): Task[];
  /** Takes a worker's result; gives the task's id. */
  update(result: unknown): string;
  /** `undefined` when there is no open task of that name. */
  updateByRef(
    workflowId: string,
    taskReferenceName: string,
    status: string,
    output: unknown,
    workerId?: string,
  ): string | undefined;
  /** Takes a result, and polls the next task of the same type and domain. */
  updateAndPoll(result: unknown): Promise<Task | undefined>;
  /** Ends the WAIT task that holds a workflow or a child of it; false when nothing waits. */
  signal(workflowId: string, status: string, output: unknown): boolean;
  addLog(taskId: string, text: string): void;
  getLogs(taskId: string): TaskLog[];
  search(request: SearchRequest): SearchResult<TaskSummary>;
  searchV2(request: SearchRequest): SearchResult<Task>;
  /** Sizes of the given queues, or of all of them. */
  queueSizes(types?: readonly string[]): Record<string, number>;
  queueDetails(): Record<string, Record<string, { size: number; uacked: number }>>;
  pollData(type: string): PollData[];
  pollDataAll(): PollData[];
  /** Puts the open tasks of a type on their queue again; gives their number. */
  requeue(type: string): number;
}

export interface BulkApi {
  pause(ids: unknown): BulkResponse;
  resume(ids: unknown): BulkResponse;
  restart(ids: unknown, useLatestDefinitions?: boolean): BulkResponse;
  retry(ids: unknown): BulkResponse;
  terminate(ids: unknown, reason?: string): BulkResponse;
  remove(ids: unknown, archive?: boolean): BulkResponse;
  terminateAndRemove(ids: unknown, reason?: string, archive?: boolean): BulkResponse;
  /** In the form that the engine has inside, which differs from that of a workflow in some members. */
  search(ids: unknown, includeTasks?: boolean): BulkResponse<JsonMap>;
}
