import { definitionToStart } from '../definition-to-start.ts';
import { type Execution, scopeOf } from '../execution.ts';
import { resolveMap } from '../expressions.ts';
import { isMap, readNumber, readTextMap } from '../field-readers.ts';
import type { JsonMap } from '../json-map.ts';
import { completeWorkflowDef } from '../metadata-defaults.ts';
import { ServerError } from '../server-error.ts';
import { createTask } from '../task-factory.ts';
import { hasEnded, isTerminal } from '../status.ts';
import { beginTask, endTask, setTaskTimer } from '../task-ending.ts';
import type { Task, TaskStatus, WorkflowStatus } from '../types.ts';
import type { Run, TaskKind } from './task-kind.ts';

/** SUB_WORKFLOW: a child workflow, started and noticed at its end a little later, as the real server's queue does. */
export const subWorkflowTask: TaskKind = {
  schedule(run, step, at) {
    const task = createTask(run.kernel, run.execution, step, at);
    task.inputData = childRequest(run, task);
    subWorkflowTask.start(run, task);
  },
  start(run, task) {
    const { kernel, execution } = run;
    const delayMs = kernel.options.subWorkflowDelayMs + task.callbackAfterSeconds * 1000;
    setTaskTimer(kernel, execution, task, delayMs, () => {
      startChild(run, task);
      kernel.decide(execution);
    });
  },
  stop({ kernel }, task, reason) {
    const child = task.subWorkflowId === undefined ? undefined : kernel.executions.find(task.subWorkflowId);
    if (!child || hasEnded(child.workflow.status)) return;
    kernel.end(child, {
      status: 'TERMINATED',
      isAsked: true,
      reason: `Parent workflow has been terminated with reason: ${reason ?? null}`,
    });
  },
};

/** What the task shows as its input: which workflow is to be started and how. */
function childRequest({ kernel, execution }: Run, task: Task): JsonMap {
  const params = resolveMap({ ...task.workflowTask.subWorkflowParam }, scopeOf(execution, task.taskId));
  const { name, version, taskToDomain = null, priority = null, workflowDefinition } = params;
  const definition = isMap(workflowDefinition) ? completeWorkflowDef(workflowDefinition) : null;
  const latest = definition ? undefined : kernel.metadata.findWorkflowDef(String(name));
  return {
    subWorkflowName: name,
    subWorkflowVersion: definition ? null : (version ?? latest?.version ?? null),
    subWorkflowTaskToDomain: taskToDomain,
    subWorkflowDefinition: definition && { createTime: 0, updateTime: 0, ...definition },
    priority,
    idempotencyKey: null,
    idempotencyStrategy: null,
    workflowInput: task.inputData,
  };
}

function startChild(run: Run, task: Task): void {
  const { kernel, execution } = run;
  if (isTerminal(task.status)) return;
  beginTask(kernel, task);
  try {
    const { workflowId } = beginChild(run, task).workflow;
    task.subWorkflowId = workflowId;
    task.outputData = { subWorkflowId: workflowId };
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    endTask(kernel, execution, task, 'FAILED', { reason: error.message });
  }
}

function beginChild({ kernel, execution }: Run, task: Task): Execution {
  const { subWorkflowName, subWorkflowVersion, subWorkflowDefinition, subWorkflowTaskToDomain } = task.inputData;
  const { workflowInput, priority } = task.inputData;
  const { correlationId, taskToDomain, workflowId } = execution.workflow;
  return kernel.begin({
    definition: isMap(subWorkflowDefinition)
      ? completeWorkflowDef(subWorkflowDefinition)
      : definitionToStart(kernel.metadata, String(subWorkflowName), readNumber(subWorkflowVersion)),
    // A child that is given no input sees what the task was given.
    input: isMap(workflowInput) && Object.keys(workflowInput).length > 0 ? workflowInput : task.inputData,
    correlationId,
    priority: readNumber(priority) ?? 0,
    taskToDomain: isMap(subWorkflowTaskToDomain) ? readTextMap(subWorkflowTaskToDomain) : taskToDomain,
    parentWorkflowId: workflowId,
    parentWorkflowTaskId: task.taskId,
  });
}

/** Tells the parent, if there is one, that its child has ended; called by whatever ends a workflow. */
export function noteChildEnded(kernel: Run['kernel'], child: Execution): void {
  const { parentWorkflowId, parentWorkflowTaskId } = child.workflow;
  const parent = parentWorkflowId === undefined ? undefined : kernel.executions.find(parentWorkflowId);
  const task = parent?.workflow.tasks.find((each) => each.taskId === parentWorkflowTaskId);
  if (!parent || !task || isTerminal(task.status)) return;
  setTaskTimer(kernel, parent, task, kernel.options.subWorkflowDelayMs, () => {
    if (!isTerminal(task.status)) settleFromChild(kernel, parent, task, child);
    kernel.decide(parent);
  });
}

const STATUS_FROM_CHILD: Readonly<Record<WorkflowStatus, TaskStatus>> = {
  RUNNING: 'IN_PROGRESS',
  PAUSED: 'IN_PROGRESS',
  COMPLETED: 'COMPLETED',
  FAILED: 'FAILED',
  TERMINATED: 'CANCELED',
  TIMED_OUT: 'TIMED_OUT',
};

function settleFromChild(kernel: Run['kernel'], parent: Execution, task: Task, child: Execution): void {
  const { workflowId, workflowName, workflowVersion, status, output, reasonForIncompletion } = child.workflow;
  if (!hasEnded(status)) return;
  endTask(kernel, parent, task, STATUS_FROM_CHILD[status], {
    output: { subWorkflowId: workflowId, ...output },
    ...(status === 'COMPLETED'
      ? {}
      : {
          reason: `Sub workflow ${workflowName}.${workflowVersion}/${workflowId} failure reason: ${reasonForIncompletion ?? null}`,
        }),
  });
}
