import {
  adminGetTasksOperation,
  agentGetTasksOperation,
  agentSearchExecutionsOperation,
  agentSearchExecutionsRawOperation,
  humanSearchOperation,
  schedulerSearchExecutionsOperation,
  schedulerSearchOperation,
  taskSearchOperation,
  taskSearchV2Operation,
  workflowGetTasksOperation,
  workflowSearchByTasksOperation,
  workflowSearchByTasksV2Operation,
  workflowSearchOperation,
  workflowSearchV2Operation,
} from '../generated/operations.gen.ts';
import type {
  AdminGetTasksParams,
  AgentGetTasksParams,
  AgentSearchExecutionsParams,
  AgentSearchExecutionsRawParams,
  HumanSearchParams,
  SchedulerSearchExecutionsParams,
  SchedulerSearchParams,
  TaskSearchParams,
  TaskSearchV2Params,
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
import type { Caller, CallOptions } from '../runtime/caller.ts';
import type { Operation } from '../runtime/operation.ts';
import { wrongType } from '../runtime/refusal.ts';
import { mustGiveData } from './must-give-data.ts';
import { Paged, type SearchAnswer } from './paged.ts';

/** What is asked for at once where the caller does not say. */
const PAGE_SIZE = 100;

/** The operations that answer with hits, and the member that tells these apart. */
const HIT_IDS: Readonly<Record<string, string>> = {
  'admin.getTasks': 'taskId',
  'agent.getTasks': 'taskId',
  'agent.searchExecutions': 'executionId',
  'agent.searchExecutionsRaw': 'workflowId',
  'human.search': 'taskId',
  'scheduler.search': 'name',
  'scheduler.searchExecutions': 'executionId',
  'task.search': 'taskId',
  'task.searchV2': 'taskId',
  'workflow.getTasks': 'taskId',
  'workflow.search': 'workflowId',
  'workflow.searchByTasks': 'workflowId',
  'workflow.searchByTasksV2': 'workflowId',
  'workflow.searchV2': 'workflowId',
};

/** Every hit of a search: see `Paged`. `start` says where to begin, `size` how many to get at once. */
export type SearchAll<Params, Item> = (client: Caller, params?: Params, options?: CallOptions) => Paged<Item>;

/** All executions that a search finds. */
export const workflowSearchAll: SearchAll<WorkflowSearchParams, WorkflowSummary> =
  /* @__PURE__ */ allHits(workflowSearchOperation);

/** The same, each whole. */
export const workflowSearchAllV2: SearchAll<WorkflowSearchV2Params, Workflow> =
  /* @__PURE__ */ allHits(workflowSearchV2Operation);

/** All executions with tasks that a search finds, each once. */
export const workflowSearchAllByTasks: SearchAll<WorkflowSearchByTasksParams, WorkflowSummary> =
  /* @__PURE__ */ allHits(workflowSearchByTasksOperation);

/** The same, each whole. */
export const workflowSearchAllByTasksV2: SearchAll<WorkflowSearchByTasksV2Params, Workflow> = /* @__PURE__ */ allHits(
  workflowSearchByTasksV2Operation,
);

/** All tasks of one execution. Here `count` says how many to get at once. */
export const workflowGetAllTasks: (
  client: Caller,
  params: WorkflowGetTasksParams,
  options?: CallOptions,
) => Paged<Task> = /* @__PURE__ */ allHits(workflowGetTasksOperation);

/** All tasks that a search finds. */
export const taskSearchAll: SearchAll<TaskSearchParams, TaskSummary> = /* @__PURE__ */ allHits(taskSearchOperation);

/** The same, each whole. */
export const taskSearchAllV2: SearchAll<TaskSearchV2Params, Task> = /* @__PURE__ */ allHits(taskSearchV2Operation);

/** All schedules that a search finds. */
export const schedulerSearchAll: SearchAll<SchedulerSearchParams, WorkflowSchedule> =
  /* @__PURE__ */ allHits(schedulerSearchOperation);

/** All that schedules have started, as far as a search finds it. */
export const schedulerSearchAllExecutions: SearchAll<SchedulerSearchExecutionsParams, WorkflowScheduleExecutionModel> =
  /* @__PURE__ */ allHits(schedulerSearchExecutionsOperation);

/** All tasks for people that a search finds; `start` and `size` are in the body, as everything there. */
export const humanSearchAll: SearchAll<HumanSearchParams, HumanTaskEntry> =
  /* @__PURE__ */ allHits(humanSearchOperation);

/** All executions of agents that a search finds. */
export const agentSearchAllExecutions: SearchAll<AgentSearchExecutionsParams, AgentExecutionSummary> =
  /* @__PURE__ */ allHits(agentSearchExecutionsOperation);

/** All tasks of one execution of an agent. Here `count` says how many to get at once. */
export const agentGetAllTasks: (client: Caller, params: AgentGetTasksParams, options?: CallOptions) => Paged<Task> =
  /* @__PURE__ */ allHits(agentGetTasksOperation);

/** All executions of agents that a search with conditions finds. */
export const agentSearchAllExecutionsRaw: SearchAll<AgentSearchExecutionsRawParams, WorkflowSummary> =
  /* @__PURE__ */ allHits(agentSearchExecutionsRawOperation);

/** All tasks of one definition that wait in its queue. Here `count` says how many to get at once. */
export const adminGetAllTasks: (client: Caller, params: AdminGetTasksParams, options?: CallOptions) => Paged<Task> =
  /* @__PURE__ */ allHits(adminGetTasksOperation);

/** What gets all hits of an operation that gives a page of them. */
export function allHits<Params extends object, Item>(operation: Operation): SearchAll<Params, Item> {
  const { name, queryParams, body } = operation;
  const size = queryParams.includes('count') ? 'count' : 'size';
  return (client, params, options) => {
    mustGiveData(name, options);
    const asked: Page = (body === undefined ? params : (params as { body?: Page } | undefined)?.body) ?? {};
    const { start = 0, [size]: most = PAGE_SIZE } = asked;
    // Of nothing at once there would never be an end, or at once.
    mustBeCount(name, size, most, 1);
    mustBeCount(name, 'start', start, 0);
    const get = async (from: number, queryId: string | undefined): Promise<SearchAnswer<Item>> => {
      const page = { ...asked, start: from, [size]: most, ...(queryParams.includes('queryId') && { queryId }) };
      const sent = body === undefined ? page : { ...params, body: page };
      // Some answer with a plain list.
      const answer = await client.execute<SearchAnswer<Item> | readonly Item[]>(operation, sent, options);
      return isList(answer) ? { results: answer } : answer;
    };
    return new Paged({ start, size: most, get, id: HIT_IDS[name] as string & keyof Item }, options);
  };
}

/** Name of the method that gets all hits of this operation: `searchAll` for `search`. Absent where it gives none. */
export function allHitsName({ name }: Operation): string | undefined {
  return name in HIT_IDS ? name.replace(/^\w+\.(search|get)/, '$1All') : undefined;
}

interface Page {
  readonly start?: number | undefined;
  readonly size?: number | undefined;
  readonly count?: number | undefined;
}

function mustBeCount(operation: string, path: string, value: unknown, least: number): void {
  if (Number.isInteger(value) && (value as number) >= least) return;
  throw wrongType(operation, path, `give a whole number, ${least} or more.`);
}

function isList<Item>(answer: SearchAnswer<Item> | readonly Item[]): answer is readonly Item[] {
  return Array.isArray(answer);
}
