import { randomUUID } from 'node:crypto';
import { changeStatus, type Execution, OUTSIDE_LOOPS } from './execution.ts';
import { readOptionalMap } from './field-readers.ts';
import { allSteps } from './flow.ts';
import type { Kernel } from './kernel.ts';
import { badRequest, conflict, internal } from './server-error.ts';
import { hasEnded } from './status.ts';
import { armSweep } from './sweeper.ts';
import { createTask } from './task-factory.ts';
import { labelOf } from './workflow-label.ts';

/** A paused workflow's queued tasks are still handed out and may be completed; nothing new is scheduled. */
export function pauseWorkflow(kernel: Kernel, id: string): void {
  const execution = kernel.executions.get(id);
  const { workflow } = execution;
  if (hasEnded(workflow.status)) throw conflict(`Workflow ${labelOf(workflow)} has ended, status cannot be updated.`);
  if (workflow.status === 'PAUSED') return;
  changeStatus(execution, 'PAUSED');
  workflow.updateTime = kernel.clock.now();
  armSweep(kernel, execution);
}

export function resumeWorkflow(kernel: Kernel, id: string): void {
  const execution = kernel.executions.get(id);
  const { workflow } = execution;
  if (workflow.status !== 'PAUSED')
    throw internal(`The workflow ${id} is not PAUSED so cannot resume. Current status is ${workflow.status}`);
  changeStatus(execution, 'RUNNING');
  workflow.updateTime = kernel.clock.now();
  workflow.lastRetriedTime = kernel.clock.now();
  kernel.decide(execution);
}

export function terminateWorkflow(kernel: Kernel, id: string, reason?: string): void {
  const execution = kernel.executions.get(id);
  const { status } = execution.workflow;
  if (status === 'COMPLETED') throw conflict('Cannot terminate a COMPLETED workflow.');
  // The first reason stays.
  if (status === 'TERMINATED') return;
  kernel.end(execution, { status: 'TERMINATED', reason, isAsked: true });
}

export function removeWorkflow(kernel: Kernel, id: string, archive: boolean): void {
  const execution = kernel.executions.get(id);
  const { status } = execution.workflow;
  if (archive && !hasEnded(status)) throw badRequest(`Cannot archive workflow: ${id} with status: ${status}`);
  if (!hasEnded(status)) kernel.end(execution, { status: 'TERMINATED', isAsked: true });
  kernel.executions.remove(execution, { archive });
}

/** Marks a step as done before the workflow gets to it. */
export function skipTask(kernel: Kernel, id: string, ref: string, request: unknown): void {
  const execution = kernel.executions.get(id);
  const { workflow } = execution;
  if (workflow.status !== 'RUNNING')
    throw internal(`The workflow ${id} is not running so the task referenced by ${ref} cannot be skipped`);
  const step = allSteps(workflow.workflowDefinition.tasks).find((each) => each.taskReferenceName === ref);
  if (!step)
    throw internal(`The task referenced by ${ref} does not exist in the WorkflowDefinition ${workflow.workflowName}`);
  if (execution.byRef.has(ref))
    throw internal(`The task referenced ${ref} has already been processed, cannot be skipped`);
  const given = readOptionalMap(request, 'com.netflix.conductor.common.run.SkipTaskRequest') ?? {};
  // It never comes near the part of the server that fills in definitions.
  const { taskDefinition: _, ...bare } = step;
  const skipped = createTask(kernel, execution, bare, OUTSIDE_LOOPS, {
    taskId: randomUUID(),
    status: 'SKIPPED',
    seq: 0,
    endTime: kernel.clock.now(),
    workflowType: undefined,
    taskDefinition: null,
    inputData: readOptionalMap(given['taskInput'], 'java.util.Map') ?? {},
    outputData: readOptionalMap(given['taskOutput'], 'java.util.Map') ?? {},
  });
  // It must not make its successor come early: that one is scheduled when the workflow gets here.
  execution.pending.delete(skipped);
  moveToFront(execution);
  kernel.decide(execution);
}

/** Makes tasks that were handed back with a pause pollable at once. */
export function resetCallbacks(kernel: Kernel, id: string): void {
  const execution = kernel.executions.get(id);
  if (hasEnded(execution.workflow.status))
    throw conflict(`Workflow is in terminal state. Status = ${execution.workflow.status}`);
  for (const task of execution.workflow.tasks) {
    if (task.callbackAfterSeconds === 0 || !kernel.queues.isQueued(task)) continue;
    task.callbackAfterSeconds = 0;
    kernel.queues.push(task, 0);
  }
}

/** Tasks are numbered after the last one in the list, and a skipped one has no number. */
function moveToFront({ workflow }: Execution): void {
  const skipped = workflow.tasks.pop();
  if (skipped) workflow.tasks.unshift(skipped);
}
