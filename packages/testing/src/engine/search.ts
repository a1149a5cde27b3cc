import type { SearchRequest } from './engine-api.ts';
import type { Execution } from './execution.ts';
import type { Kernel } from './kernel.ts';
import { isIndexed, type SearchIndex, taskIndex, workflowIndex } from './search-index.ts';
import { checkFields, matches, parseQuery, parseSort } from './search-query.ts';
import { validationFailed } from './server-error.ts';
import { snapshotOfTask, snapshotOfWorkflow } from './snapshots.ts';
import { CLASSIFIER, summaryOfTask, summaryOfWorkflow } from './summaries.ts';
import type { SearchResult, Task, TaskSummary, Workflow, WorkflowSummary } from './types.ts';

const LARGEST_PAGE = 5_000;

/** Also finds executions that were removed into the archive: their summaries are kept. */
export function searchWorkflows(kernel: Kernel, request: SearchRequest): SearchResult<WorkflowSummary> {
  checkPage(request, 'searchWorkflows');
  return show(findWorkflows(kernel, request), ({ workflow }) => summaryOfWorkflow(workflow));
}

/** Whole executions, but without their tasks. */
export function searchWorkflowsV2(kernel: Kernel, request: SearchRequest): SearchResult<Workflow> {
  checkPage(request, 'searchWorkflowsV2');
  return show(present(kernel, findWorkflows(kernel, request)), (execution) => snapshotOfWorkflow(execution, false));
}

/** Executions that have a task on this page of matching tasks, each once. */
export function searchByTasks(kernel: Kernel, request: SearchRequest): SearchResult<WorkflowSummary> {
  return show(executionsOf(kernel, findTasks(kernel, request)), ({ workflow }) => summaryOfWorkflow(workflow));
}

export function searchByTasksV2(kernel: Kernel, request: SearchRequest): SearchResult<Workflow> {
  return show(executionsOf(kernel, findTasks(kernel, request)), (execution) => snapshotOfWorkflow(execution, false));
}

export function searchTasks(kernel: Kernel, request: SearchRequest): SearchResult<TaskSummary> {
  return show(findTasks(kernel, request), summaryOfTask);
}

export function searchTasksV2(kernel: Kernel, request: SearchRequest): SearchResult<Task> {
  const found = findTasks(kernel, request);
  const tasks = found.results.filter(({ taskId }) => kernel.executions.findTask(taskId));
  return show(without(found, tasks), snapshotOfTask);
}

function findWorkflows(kernel: Kernel, request: SearchRequest): SearchResult<Execution> {
  const { classifier, topLevelOnly } = request;
  const wanted = [...kernel.executions.indexed()].filter(
    ({ workflow }) =>
      (!classifier || classifier === CLASSIFIER) && (!topLevelOnly || workflow.parentWorkflowId === undefined),
  );
  return find(wanted, request, workflowIndex);
}

function findTasks(kernel: Kernel, request: SearchRequest): SearchResult<Task> {
  const tasks = [...kernel.executions.indexed()].flatMap(({ workflow }) => workflow.tasks);
  return find(
    tasks.filter((task) => isIndexed(task)),
    request,
    taskIndex,
  );
}

function find<T>(items: readonly T[], request: SearchRequest, index: SearchIndex<T>): SearchResult<T> {
  const { start = 0, size = 100, sort, freeText = '*', query } = request;
  const conditions = parseQuery(query);
  checkFields(conditions, index);
  const order = parseSort(sort, index);
  const wanted = freeText.replaceAll(/^\*+|\*+$/g, '').toLowerCase();
  const found = items.filter(
    (item) =>
      matches(item, conditions, index.read) && (wanted === '' || index.text(item).toLowerCase().includes(wanted)),
  );
  found.sort((a, b) => {
    for (const { field, sign } of order) {
      const difference = compareValues(index.read(a, field), index.read(b, field));
      if (difference !== 0) return sign * difference;
    }
    return 0;
  });
  // To the database a negative limit is none, and a negative offset is 0.
  const from = Math.max(0, start);
  return { totalHits: found.length, results: found.slice(from, size < 0 ? undefined : from + size) };
}

function compareValues(a: string | number | undefined, b: string | number | undefined): number {
  if (a === b) return 0;
  if (a === undefined || b === undefined) return a === undefined ? -1 : 1;
  return a < b ? -1 : 1;
}

function checkPage({ size = 0 }: SearchRequest, method: string): void {
  if (size <= LARGEST_PAGE) return;
  const message = `Cannot return more than ${LARGEST_PAGE} workflows. Please use pagination.`;
  throw validationFailed([{ path: `${method}.arg1`, message, invalidValue: String(size) }]);
}

function executionsOf(kernel: Kernel, found: SearchResult<Task>): SearchResult<Execution> {
  const ids = new Set(found.results.map(({ workflowInstanceId }) => workflowInstanceId));
  return without(
    found,
    [...ids].flatMap((id) => kernel.executions.find(id) ?? []),
  );
}

/** Only what has not been removed. */
function present(kernel: Kernel, found: SearchResult<Execution>): SearchResult<Execution> {
  const { results } = found;
  return without(
    found,
    results.filter(({ workflow }) => kernel.executions.find(workflow.workflowId)),
  );
}

/** What is missing on the page is taken off the hits as well. */
function without<T, R>(found: SearchResult<T>, results: R[]): SearchResult<R> {
  return { totalHits: found.totalHits - (found.results.length - results.length), results };
}

function show<T, R>({ totalHits, results }: SearchResult<T>, of: (item: T) => R): SearchResult<R> {
  return { totalHits, results: results.map((item) => of(item)) };
}
