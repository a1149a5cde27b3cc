import { isMap, readNumber, readText } from '../field-readers.ts';
import { definitionToStart } from '../definition-to-start.ts';
import { ServerError } from '../server-error.ts';
import { beginTask, endTask } from '../task-ending.ts';
import type { Run, TaskKind } from './task-kind.ts';

/** START_WORKFLOW: starts another workflow and does not wait for it. */
export const startWorkflowTask: TaskKind = {
  start(run, task) {
    const { kernel, execution } = run;
    beginTask(kernel, task);
    try {
      const workflowId = startOther(run, task.inputData['startWorkflow']);
      endTask(kernel, execution, task, 'COMPLETED', { output: { workflowId } });
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      endTask(kernel, execution, task, 'FAILED', { reason: error.message });
    }
  },
};

function startOther({ kernel }: Run, request: unknown): string {
  const { name, version, input, correlationId } = isMap(request) ? request : {};
  const definition = definitionToStart(kernel.metadata, readText(name) ?? '', readNumber(version));
  const started = kernel.begin({
    definition,
    input: isMap(input) ? input : {},
    correlationId: readText(correlationId),
  });
  return started.workflow.workflowId;
}
