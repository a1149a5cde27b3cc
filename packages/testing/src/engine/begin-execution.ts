import { randomUUID } from 'node:crypto';
import { snapshotOf } from './definition-snapshot.ts';
import { type Execution, newExecution, OUTSIDE_LOOPS } from './execution.ts';
import type { Kernel } from './kernel.ts';
import { placeOf } from './payload-limits.ts';
import { runOf } from './schedule-step.ts';
import { internal } from './server-error.ts';
import type { StartInput } from './start-input.ts';
import type { Workflow } from './types.ts';

/** Starts a workflow: its first tasks are scheduled when this returns. */
export function beginExecution(kernel: Kernel, start: StartInput): Execution {
  const { definition, flow } = snapshotOf(start.definition, kernel.metadata);
  const now = kernel.clock.now();
  const workflowId = randomUUID();
  const input = { ...definition.inputTemplate, ...start.input };
  const place = placeOf(input, 'workflow', `workflow: ${workflowId}`);
  if (place.at === 'refused') throw internal(place.reason);
  const workflow: Workflow = {
    ownerApp: '',
    createTime: now,
    updateTime: now,
    status: 'RUNNING',
    endTime: 0,
    workflowId,
    parentWorkflowId: start.parentWorkflowId,
    parentWorkflowTaskId: start.parentWorkflowTaskId,
    tasks: [],
    input,
    output: {},
    correlationId: start.correlationId,
    taskToDomain: start.taskToDomain ?? {},
    failedReferenceTaskNames: [],
    failedTaskNames: [],
    workflowDefinition: definition,
    priority: start.priority ?? 0,
    variables: { ...definition.variables },
    lastRetriedTime: 0,
    history: [],
    idempotencyKey: start.idempotencyKey,
    externalInputPayloadStoragePath: place.at === 'external' ? place.path : undefined,
    rateLimited: false,
    startTime: now,
    workflowName: definition.name,
    workflowVersion: definition.version,
  };
  const execution = newExecution(workflow, flow);
  kernel.executions.add(execution);
  kernel.counts.started(workflow.correlationId);
  scheduleFirst(kernel, execution);
  return execution;
}

/** Schedules the first step and runs on from there. */
export function scheduleFirst(kernel: Kernel, execution: Execution): void {
  runOf(kernel, execution).schedule(execution.workflow.workflowDefinition.tasks[0], OUTSIDE_LOOPS);
  kernel.decide(execution);
}
