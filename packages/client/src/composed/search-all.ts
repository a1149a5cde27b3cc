import {
  adminGetTasksOperation,
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
import { Paged, type SearchAnswer } from './paged.ts';

/** What is asked for at once where the caller does not say. */
const PAGE_SIZE = 100;

/** Every hit of a search: see `Paged`. `start` says where to begin, `size` how many to get at once. */
export type SearchAll<Params, Item> = (client: Caller, params?: Params, options?: CallOptions) => Paged<Item>;

/** All executions that a search finds. */
export const workflowSearchAll: SearchAll<WorkflowSearchParams, WorkflowSummary> = (client, params, options) =>
  bySize(client, workflowSearchOperation, params, options, 'workflowId');

/** The same, each whole. */
export const workflowSearchAllV2: SearchAll<WorkflowSearchV2Params, Workflow> = (client, params, options) =>
  bySize(client, workflowSearchV2Operation, params, options, 'workflowId');

/** All executions with tasks that a search finds, each once. */
export const workflowSearchAllByTasks: SearchAll<WorkflowSearchByTasksParams, WorkflowSummary> = (
  client,
  params,
  options,
) => bySize(client, workflowSearchByTasksOperation, params, options, 'workflowId');

/** The same, each whole. */
export const workflowSearchAllByTasksV2: SearchAll<WorkflowSearchByTasksV2Params, Workflow> = (
  client,
  params,
  options,
) => bySize(client, workflowSearchByTasksV2Operation, params, options, 'workflowId');

/** All tasks of one execution. */
export function workflowGetAllTasks(
  client: Caller,
  params: WorkflowGetTasksParams,
  options?: CallOptions,
): Paged<Task> {
  return byCount(client, workflowGetTasksOperation, params, options, 'taskId');
}

/** All tasks that a search finds. */
export const taskSearchAll: SearchAll<TaskSearchParams, TaskSummary> = (client, params, options) =>
  bySize(client, taskSearchOperation, params, options, 'taskId');

/** The same, each whole. */
export const taskSearchAllV2: SearchAll<TaskSearchV2Params, Task> = (client, params, options) =>
  bySize(client, taskSearchV2Operation, params, options, 'taskId');

/** All schedules that a search finds. */
export const schedulerSearchAll: SearchAll<SchedulerSearchParams, WorkflowSchedule> = (client, params, options) =>
  bySize(client, schedulerSearchOperation, params, options, 'name');

/** All that schedules have started, as far as a search finds it. */
export const schedulerSearchAllExecutions: SearchAll<
  SchedulerSearchExecutionsParams,
  WorkflowScheduleExecutionModel
> = (client, params, options) => bySize(client, schedulerSearchExecutionsOperation, params, options, 'executionId');

/** All tasks for people that a search finds; `start` and `size` are in the body, as everything there. */
export const humanSearchAll: SearchAll<HumanSearchParams, HumanTaskEntry> = (client, params = {}, options = {}) => {
  const { start = 0, size = PAGE_SIZE } = params.body ?? {};
  return new Paged(
    {
      start,
      size,
      get: (from) => client.execute(humanSearchOperation, { body: { ...params.body, start: from, size } }, options),
      id: 'taskId',
    },
    options,
  );
};

/** All executions of agents that a search finds. */
export const agentSearchAllExecutionsRaw: SearchAll<AgentSearchExecutionsRawParams, WorkflowSummary> = (
  client,
  params,
  options,
) => bySize(client, agentSearchExecutionsRawOperation, params, options, 'workflowId');

/** All tasks of one definition that wait in its queue. */
export function adminGetAllTasks(client: Caller, params: AdminGetTasksParams, options?: CallOptions): Paged<Task> {
  return byCount(client, adminGetTasksOperation, params, options, 'taskId');
}

function bySize<Item>(
  client: Caller,
  operation: Operation,
  params: { readonly start?: number | undefined; readonly size?: number | undefined } = {},
  options: CallOptions | undefined,
  id: string & keyof Item,
): Paged<Item> {
  const { start = 0, size = PAGE_SIZE } = params;
  const get = (from: number, queryId: string | undefined): Promise<SearchAnswer<Item>> =>
    client.execute(operation, { ...params, ...(queryId === undefined ? {} : { queryId }), start: from, size }, options);
  return new Paged({ start, size, get, id }, options);
}

/** Where the page is called count, and the answer may be a plain list. */
function byCount<Item>(
  client: Caller,
  operation: Operation,
  params: { readonly start?: number | undefined; readonly count?: number | undefined },
  options: CallOptions | undefined,
  id: string & keyof Item,
): Paged<Item> {
  const { start = 0, count = PAGE_SIZE } = params;
  const get = async (from: number): Promise<SearchAnswer<Item>> => {
    const sent = { ...params, start: from, count };
    const answer = await client.execute<SearchAnswer<Item> | readonly Item[]>(operation, sent, options);
    return isList(answer) ? { results: answer } : answer;
  };
  return new Paged({ start, size: count, get, id }, options);
}

function isList<Item>(answer: SearchAnswer<Item> | readonly Item[]): answer is readonly Item[] {
  return Array.isArray(answer);
}
