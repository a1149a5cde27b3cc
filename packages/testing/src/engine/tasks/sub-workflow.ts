import { isMap } from '../field-readers.ts';
import { completeWorkflowDef } from '../metadata-defaults.ts';
import type { Execution } from '../execution.ts';
import { hasEnded, isTerminal } from '../status.ts';
import { beginTask, endTask, setTaskTimer } from '../task-ending.ts';
import type { SubWorkflowParams, WorkflowDef } from '../definition-types.ts';
import type { Task, TaskStatus, WorkflowStatus } from '../types.ts';
import type { Run, TaskKind } from './task-kind.ts';

/** SUB_WORKFLOW: a child workflow, started and noticed at its end a little later, as the real server's queue does. */
export const subWorkflowTask: TaskKind = {
  start(run, task) {
    const { kernel, execution } = run;
    const { name, version, taskToDomain, workflowDefinition } = task.workflowTask.subWorkflowParam ?? {};
    const { workflowInput, ...own } = task.inputData;
    task.inputData = {
      ...own,
      subWorkflowName: own['subWorkflowName'] ?? name,
      subWorkflowVersion: own['subWorkflowVersion'] ?? version,
      subWorkflowTaskToDomain: taskToDomain,
      subWorkflowDefinition: workflowDefinition,
      // A retried task has its workflowInput already; in a new one the step's parameters are the child's input.
      workflowInput: task.retryCount > 0 && isMap(workflowInput) ? workflowInput : { ...task.inputData },
    };
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
      reason: `Parent workflow has been terminated with reason: ${reason ?? null}`,
    });
  },
};

function startChild({ kernel, execution }: Run, task: Task): void {
  if (isTerminal(task.status)) return;
  const params = task.workflowTask.subWorkflowParam ?? {};
  const definition = childDefinition(kernel, params, task);
  if (!definition) {
    endTask(kernel, execution, task, 'FAILED', {
      reason: `No such workflow found by name: ${String(task.inputData['subWorkflowName'])}, version: ${params.version ?? null}`,
    });
    return;
  }
  beginTask(kernel, task);
  const { workflowInput } = task.inputData;
  const child = kernel.begin({
    definition,
    input: isMap(workflowInput) ? workflowInput : {},
    correlationId: execution.workflow.correlationId,
    priority: execution.workflow.priority,
    taskToDomain: params.taskToDomain ?? execution.workflow.taskToDomain,
    parentWorkflowId: execution.workflow.workflowId,
    parentWorkflowTaskId: task.taskId,
  });
  task.subWorkflowId = child.workflow.workflowId;
  task.outputData = { subWorkflowId: child.workflow.workflowId };
}

function childDefinition(kernel: Run['kernel'], params: SubWorkflowParams, task: Task): WorkflowDef | undefined {
  if (isMap(params.workflowDefinition)) return completeWorkflowDef(params.workflowDefinition);
  const name = task.inputData['subWorkflowName'];
  return typeof name === 'string' ? kernel.metadata.findWorkflowDef(name, params.version) : undefined;
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
