import type { ConductorClient } from '@conductor-ts/client';
import { WORKFLOW } from './definitions.ts';
import { untilAnswered } from './until-answered.ts';

/** The server's own count of the executions that carry our correlation ids. */
export interface ExecutionCount {
  readonly executions: number;
  readonly completed: number;
  /** Correlation ids with exactly one execution. */
  readonly startedOnce: number;
  readonly tasksCompleted: number;
  /** Ids of those that the server has failed. No task of the demo is failed for good, so that was for a trouble of its own, such as a store that is busy. */
  readonly failed: readonly string[];
}

/** Asks the server for every execution of each correlation id, closed ones and tasks included. */
export async function countExecutions(
  client: ConductorClient,
  correlationIds: readonly string[],
): Promise<ExecutionCount> {
  let executions = 0;
  let completed = 0;
  let startedOnce = 0;
  let tasksCompleted = 0;
  const failed: string[] = [];
  for (let at = 0; at < correlationIds.length; at += 50) {
    const body = correlationIds.slice(at, at + 50);
    const found = await untilAnswered(() =>
      client.workflow.getByCorrelationIds({ name: WORKFLOW, includeClosed: true, includeTasks: true, body }),
    );
    for (const workflows of Object.values(found)) {
      executions += workflows.length;
      if (workflows.length === 1) startedOnce += 1;
      for (const { workflowId, status, tasks = [] } of workflows) {
        if (status === 'COMPLETED') completed += 1;
        if (status === 'FAILED' && workflowId !== undefined) failed.push(workflowId);
        tasksCompleted += tasks.filter((task) => task.status === 'COMPLETED').length;
      }
    }
  }
  return { executions, completed, startedOnce, tasksCompleted, failed };
}
