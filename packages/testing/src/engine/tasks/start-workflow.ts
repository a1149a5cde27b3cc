import { isMap, readNumber, readText } from '../field-readers.ts';
import { endTask } from '../task-ending.ts';
import type { TaskKind } from './task-kind.ts';

/** START_WORKFLOW: starts another workflow and does not wait for it. */
export const startWorkflowTask: TaskKind = {
  start({ kernel, execution }, task) {
    const request = task.inputData['startWorkflow'];
    const name = isMap(request) ? readText(request['name']) : undefined;
    const definition =
      name === undefined || !isMap(request)
        ? undefined
        : kernel.metadata.findWorkflowDef(name, readNumber(request['version']));
    if (!definition || !isMap(request)) {
      endTask(kernel, execution, task, 'FAILED', {
        reason: `Unable to start workflow: no definition found for ${name ?? 'a workflow without a name'}`,
      });
      return;
    }
    const { input, correlationId } = request;
    const started = kernel.begin({
      definition,
      input: isMap(input) ? input : {},
      correlationId: readText(correlationId),
    });
    endTask(kernel, execution, task, 'COMPLETED', { output: { workflowId: started.workflow.workflowId } });
  },
};
