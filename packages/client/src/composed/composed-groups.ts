import type {
  AdminGroup,
  AgentGroup,
  Groups,
  HumanGroup,
  SchedulerGroup,
  TaskGroup,
  WorkflowGroup,
} from '../generated/groups.gen.ts';
import type {
  AdminGetTasksParams,
  AgentGetTasksParams,
  AgentSearchExecutionsParams,
  AgentSearchExecutionsRawParams,
  HumanSearchParams,
  SchedulerSearchExecutionsParams,
  SchedulerSearchParams,
  TaskPollBatchParams,
  TaskSearchParams,
  TaskSearchV2Params,
  TaskUpdateParams,
  WorkflowGetTasksParams,
  WorkflowSearchByTasksParams,
  WorkflowSearchByTasksV2Params,
  WorkflowSearchParams,
  WorkflowSearchV2Params,
} from '../generated/params.gen.ts';
import type {
  AgentExecutionSummary,
  HumanTaskEntry,
  Task,
  TaskSummary,
  Workflow,
  WorkflowSchedule,
  WorkflowScheduleExecutionModel,
  WorkflowSummary,
} from '../generated/types.gen.ts';
import type { CallOptions } from '../runtime/caller.ts';
import type { Paged } from './paged.ts';
import type { SchedulerVerbs } from './scheduler-verbs.ts';
import type { UpdateWithRetryOptions } from './task-update-with-retry.ts';
import type {
  TypedExecuteMethod,
  TypedGetMethod,
  TypedGetStatusMethod,
  TypedPollBatchMethod,
  TypedPollMethod,
  TypedStartMethod,
} from './typed-calls.ts';
import type { JsonObject, TypedTask, TypedWorkflow } from './typed-workflow.ts';
import type { WorkflowStartAndWaitParams } from './workflow-start-and-wait.ts';
import type { WorkflowWaitForParams } from './workflow-wait-for.ts';

/** `client.workflow`: its operations, and what is made of several of them. */
export interface WorkflowMethods extends Omit<WorkflowGroup, 'start' | 'get' | 'getStatus' | 'execute'> {
  /** Starts an execution, gives its id. On Orkes, `idempotencyKey` in the options makes it safe to send twice. */
  readonly start: TypedStartMethod;
  /** Gets an execution, with its tasks unless `includeTasks` is false. `get<Output, Input>` types what it holds. */
  readonly get: TypedGetMethod;
  /** Gets the status of an execution. `getStatus<Output>` types its output. */
  readonly getStatus: TypedGetStatusMethod;
  /** Starts an execution and holds the request open until it has ended or `waitForSeconds` are over. */
  readonly execute: TypedExecuteMethod;
  /** Starts an execution and waits for its end by polling, on every server. */
  startAndWait<Output = JsonObject, Input = JsonObject>(
    params: WorkflowStartAndWaitParams<Output, Input>,
    options?: CallOptions,
  ): Promise<TypedWorkflow<Output, Input>>;
  /** Waits until an execution has completed, or is where `until` says. Asks at most once a second. */
  waitFor<Output = JsonObject, Input = JsonObject>(
    params: WorkflowWaitForParams<Output, Input>,
    options?: CallOptions,
  ): Promise<TypedWorkflow<Output, Input>>;
  /** Every execution that a search finds: `for await (const hit of client.workflow.searchAll({ query }))`. */
  searchAll(params?: WorkflowSearchParams, options?: CallOptions): Paged<WorkflowSummary>;
  /** The same, each whole. */
  searchAllV2(params?: WorkflowSearchV2Params, options?: CallOptions): Paged<Workflow>;
  /** Every execution with tasks that a search finds, each once. */
  searchAllByTasks(params?: WorkflowSearchByTasksParams, options?: CallOptions): Paged<WorkflowSummary>;
  /** The same, each whole. */
  searchAllByTasksV2(params?: WorkflowSearchByTasksV2Params, options?: CallOptions): Paged<Workflow>;
  /** Every task of one execution. */
  getAllTasks(params: WorkflowGetTasksParams, options?: CallOptions): Paged<Task>;
}

/** `client.task`: its operations, and what is made of several of them. */
export interface TaskMethods extends Omit<TaskGroup, 'poll' | 'pollBatch'> {
  /** Takes a task from a queue; `undefined` where there is none. `poll<Input>` types its input. */
  readonly poll: TypedPollMethod;
  /** Takes up to `count` tasks from a queue, waiting up to `timeout` ms. `pollBatch<Input>` types their input. */
  readonly pollBatch: TypedPollBatchMethod;
  /** Takes up to `count` tasks as soon as there is one, and waits up to `timeout` ms for the first. */
  pollReady<Input = JsonObject>(params: TaskPollBatchParams, options?: CallOptions): Promise<TypedTask<Input>[]>;
  /** Reports the result of a task in up to 4 attempts, 10, 20 and 30 s apart. */
  updateWithRetry(params: TaskUpdateParams, options?: UpdateWithRetryOptions): Promise<string>;
  /** Every task that a search finds. */
  searchAll(params?: TaskSearchParams, options?: CallOptions): Paged<TaskSummary>;
  /** The same, each whole. */
  searchAllV2(params?: TaskSearchV2Params, options?: CallOptions): Paged<Task>;
}

/** `client.scheduler`: its operations, and what is made of several of them. */
export interface SchedulerMethods extends SchedulerGroup, SchedulerVerbs {
  /** Every schedule that a search finds. */
  searchAll(params?: SchedulerSearchParams, options?: CallOptions): Paged<WorkflowSchedule>;
  /** Everything that schedules have started, as far as a search finds it. */
  searchAllExecutions(
    params?: SchedulerSearchExecutionsParams,
    options?: CallOptions,
  ): Paged<WorkflowScheduleExecutionModel>;
}

/** `client.human`: its operations, and what is made of several of them. */
export interface HumanMethods extends HumanGroup {
  /** Every task for people that a search finds. */
  searchAll(params?: HumanSearchParams, options?: CallOptions): Paged<HumanTaskEntry>;
}

/** `client.agent`: its operations, and what is made of several of them. */
export interface AgentMethods extends AgentGroup {
  /** Every execution of an agent that a search finds. */
  searchAllExecutions(params?: AgentSearchExecutionsParams, options?: CallOptions): Paged<AgentExecutionSummary>;
  /** Every task of one execution of an agent. */
  getAllTasks(params: AgentGetTasksParams, options?: CallOptions): Paged<Task>;
  /** Every execution of an agent that a search with conditions finds. */
  searchAllExecutionsRaw(params?: AgentSearchExecutionsRawParams, options?: CallOptions): Paged<WorkflowSummary>;
}

/** `client.admin`: its operations, and what is made of several of them. */
export interface AdminMethods extends AdminGroup {
  /** Every task of one definition that waits in its queue. */
  getAllTasks(params: AdminGetTasksParams, options?: CallOptions): Paged<Task>;
}

/** All groups of a client. */
export interface ClientGroups extends Omit<Groups, 'workflow' | 'task' | 'scheduler' | 'human' | 'agent' | 'admin'> {
  readonly workflow: WorkflowMethods;
  readonly task: TaskMethods;
  readonly scheduler: SchedulerMethods;
  readonly human: HumanMethods;
  readonly agent: AgentMethods;
  readonly admin: AdminMethods;
}
