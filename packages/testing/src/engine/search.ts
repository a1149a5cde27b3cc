import type { SearchRequest } from './engine-api.ts';
import type { Execution } from './execution.ts';
import type { Kernel } from './kernel.ts';
import { type FieldReader, matches, parseQuery } from './search-query.ts';
import { validationFailed } from './server-error.ts';
import { javaText } from './java-text.ts';
import type { SearchResult, Task } from './types.ts';

const LARGEST_PAGE = 5_000;

export function searchExecutions<T>(
  kernel: Kernel,
  request: SearchRequest,
  show: (execution: Execution) => T,
): SearchResult<T> {
  return page([...kernel.executions.all()], request, { field: workflowField, text: workflowText, show });
}

/** Executions that have a matching task, each once. */
export function searchExecutionsByTasks<T>(
  kernel: Kernel,
  request: SearchRequest,
  show: (execution: Execution) => T,
): SearchResult<T> {
  const { start, size, ...filter } = request;
  const found = page(
    allTasks(kernel),
    { ...filter, size: Number.MAX_SAFE_INTEGER },
    { field: taskField, text: taskText, show: (task) => task.workflowInstanceId },
    false,
  );
  const executions = [...new Set(found.results)].map((id) => kernel.executions.get(id));
  return page(executions, { start, size }, { field: workflowField, text: workflowText, show });
}

export function searchTasks<T>(kernel: Kernel, request: SearchRequest, show: (task: Task) => T): SearchResult<T> {
  return page(allTasks(kernel), request, { field: taskField, text: taskText, show });
}

interface Index<T, R> {
  readonly field: FieldReader<T>;
  readonly text: (item: T) => string;
  readonly show: (item: T) => R;
}

function page<T, R>(items: T[], request: SearchRequest, index: Index<T, R>, isChecked = true): SearchResult<R> {
  const { start = 0, size = 100, sort, freeText, query } = request;
  if (isChecked && size > LARGEST_PAGE) {
    throw validationFailed([
      {
        path: 'searchWorkflows.arg1',
        message: `Cannot return more than ${LARGEST_PAGE} workflows. Please use pagination.`,
        invalidValue: String(size),
      },
    ]);
  }
  const conditions = parseQuery(query);
  const wantedText =
    freeText === undefined || freeText === '' || freeText === '*'
      ? undefined
      : freeText.replaceAll(/^["'*]+|["'*]+$/g, '').toLowerCase();
  const found = items.filter(
    (item) =>
      matches(item, conditions, index.field) &&
      (wantedText === undefined || index.text(item).toLowerCase().includes(wantedText)),
  );
  sortBy(found, sort, index.field);
  return { totalHits: found.length, results: found.slice(start, start + size).map((item) => index.show(item)) };
}

/** `field:ASC` or `field:DESC`, several with commas between. */
function sortBy<T>(items: T[], sort: string | undefined, read: FieldReader<T>): void {
  const keys = (sort ?? '')
    .split(/[,|]/)
    .filter(Boolean)
    .map((key) => key.split(':'));
  if (keys.length === 0) return;
  items.sort((a, b) => {
    for (const [field = '', direction = 'ASC'] of keys) {
      const order = compareValues(read(a, field), read(b, field));
      if (order !== 0) return direction.toUpperCase() === 'DESC' ? -order : order;
    }
    return 0;
  });
}

function compareValues(a: string | number | undefined, b: string | number | undefined): number {
  if (a === b) return 0;
  if (a === undefined || b === undefined) return a === undefined ? -1 : 1;
  return a < b ? -1 : 1;
}

function workflowField({ workflow }: Execution, field: string): string | number | undefined {
  switch (field) {
    case 'workflowId':
    case 'status':
      return workflow[field];
    case 'workflowType':
    case 'workflowName':
      return workflow.workflowName;
    case 'version':
      return workflow.workflowVersion;
    case 'startTime':
    case 'updateTime':
    case 'endTime':
    case 'createTime':
    case 'priority':
      return workflow[field];
    case 'correlationId':
    case 'parentWorkflowId':
    case 'reasonForIncompletion':
      // Known to the index, but empty: then nothing equals it.
      return workflow[field] ?? '';
    default:
      return undefined;
  }
}

function taskField(task: Task, field: string): string | number | undefined {
  switch (field) {
    case 'taskId':
    case 'taskType':
    case 'taskDefName':
    case 'status':
    case 'workflowType':
    case 'referenceTaskName':
    case 'scheduledTime':
    case 'startTime':
    case 'updateTime':
    case 'endTime':
    case 'workflowPriority':
      return task[field];
    case 'workflowId':
    case 'workflowInstanceId':
      return task.workflowInstanceId;
    case 'correlationId':
    case 'workerId':
    case 'domain':
    case 'reasonForIncompletion':
      return task[field] ?? '';
    default:
      return undefined;
  }
}

function workflowText({ workflow }: Execution): string {
  const { workflowId, workflowName, status, correlationId, reasonForIncompletion, input, output } = workflow;
  return [
    workflowId,
    workflowName,
    status,
    correlationId,
    reasonForIncompletion,
    javaText(input),
    javaText(output),
  ].join(' ');
}

function taskText(task: Task): string {
  const { taskId, taskType, status, workflowInstanceId, correlationId, reasonForIncompletion, inputData, outputData } =
    task;
  return [
    taskId,
    taskType,
    status,
    workflowInstanceId,
    correlationId,
    reasonForIncompletion,
    javaText(inputData),
    javaText(outputData),
  ].join(' ');
}

function allTasks(kernel: Kernel): Task[] {
  return [...kernel.executions.all()].flatMap(({ workflow }) => workflow.tasks);
}
