import { definitionToStart } from './definition-to-start.ts';
import type { Ending } from './ending.ts';
import type { Execution } from './execution.ts';
import type { Kernel } from './kernel.ts';
import { ServerError } from './server-error.ts';
import { snapshotOfWorkflow } from './snapshots.ts';

/** Starts what the definition asks for when an execution fails. The failed one names it in its output, or says there why it could not be started. */
export function startFailureWorkflow(kernel: Kernel, execution: Execution, ending: Ending): void {
  const { workflow } = execution;
  const { failureWorkflow } = workflow.workflowDefinition;
  if (!failureWorkflow) return;
  let started: string;
  try {
    started = begin(kernel, execution, failureWorkflow, ending);
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    started = `Error workflow ${failureWorkflow} failed to start.  reason: ${error.message}`;
  }
  workflow.output = { ...workflow.output, 'conductor.failure_workflow': started };
}

function begin(kernel: Kernel, execution: Execution, name: string, ending: Ending): string {
  const { workflowId, workflowDefinition, correlationId, taskToDomain, input } = execution.workflow;
  const { failureWorkflowVersion } = workflowDefinition;
  const started = kernel.begin({
    definition: definitionToStart(kernel.metadata, name, failureWorkflowVersion),
    // It sees the input of the failed one, beside what is known about the failure.
    input: {
      ...input,
      workflowId,
      reason: ending.reason,
      failureStatus: ending.status,
      failureTaskId: ending.task?.taskId ?? '',
      failedWorkflow: snapshotOfWorkflow(execution, true),
    },
    correlationId,
    taskToDomain,
  });
  return started.workflow.workflowId;
}
