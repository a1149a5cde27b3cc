import type { CorrelationOptions, WorkflowApi, WorkflowStatusAnswer } from './engine-api.ts';
import type { Execution } from './execution.ts';
import type { Kernel } from './kernel.ts';
import { snapshotOfTask, snapshotOfWorkflow } from './snapshots.ts';
import { hasEnded } from './status.ts';
import type { SearchResult, Task, Workflow } from './types.ts';

export function statusOf(
  kernel: Kernel,
  id: string,
  options: Parameters<WorkflowApi['getStatus']>[1] = {},
): WorkflowStatusAnswer {
  const { workflowId, correlationId, output, variables, status } = kernel.executions.get(id).workflow;
  return {
    workflowId,
    correlationId,
    ...(options.includeOutput ? { output } : {}),
    ...(options.includeVariables ? { variables } : {}),
    status,
  };
}

export function tasksOf(
  kernel: Kernel,
  id: string,
  options: Parameters<WorkflowApi['getTasks']>[1] = {},
): SearchResult<Task> {
  const { start = 0, count = 15, status = [] } = options;
  const { tasks } = kernel.executions.get(id).workflow;
  const found = status.length === 0 ? tasks : tasks.filter((task) => status.includes(task.status));
  return { totalHits: found.length, results: found.slice(start, start + count).map((task) => snapshotOfTask(task)) };
}

/** Ids of the running executions of any version, or, within a span of start times, of all executions of one version. */
export function runningIds(kernel: Kernel, name: string, version = 1, startTime?: number, endTime?: number): string[] {
  const ids: string[] = [];
  const within = startTime !== undefined && endTime !== undefined && startTime > 0 && endTime > 0;
  for (const { workflow } of kernel.executions.all()) {
    if (workflow.workflowName !== name) continue;
    const wanted = within
      ? workflow.workflowVersion === version && workflow.startTime >= startTime && workflow.startTime <= endTime
      : !hasEnded(workflow.status);
    if (wanted) ids.push(workflow.workflowId);
  }
  return ids;
}

export function correlated(
  kernel: Kernel,
  name: string,
  correlationIds: readonly string[],
  options: CorrelationOptions = {},
): Record<string, Workflow[]> {
  return Object.fromEntries(correlationIds.map((id) => [id, byCorrelationId(kernel, name, id, options)]));
}

export function byCorrelationId(
  kernel: Kernel,
  name: string,
  correlationId: string,
  options: CorrelationOptions = {},
): Workflow[] {
  const { includeClosed = false, includeTasks = false } = options;
  const wanted = ({ workflow }: Execution): boolean =>
    workflow.workflowName === name && (includeClosed || !hasEnded(workflow.status));
  return kernel.executions
    .withCorrelationId(correlationId)
    .filter((execution) => wanted(execution))
    .map((execution) => snapshotOfWorkflow(execution, includeTasks));
}
