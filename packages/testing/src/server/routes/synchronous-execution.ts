import { randomUUID } from 'node:crypto';
import type { Workflow } from '../../engine/types.ts';
import type { RouteContext } from '../route.ts';

export interface SynchronousExecution {
  readonly start: Record<string, unknown>;
  readonly requestId: string | undefined;
  readonly waitUntilTaskRef: string | undefined;
  readonly waitForSeconds: number | undefined;
  readonly responseType: string;
}

const DEFAULT_WAIT_SECONDS = 10;
const ENDED = new Set(['COMPLETED', 'FAILED', 'TERMINATED', 'TIMED_OUT']);

/** Starts, waits for the end (or the named task), and gives what is there when the wait is over. */
export async function executeAndWait(
  execution: SynchronousExecution,
  { engine, closing }: RouteContext,
): Promise<Record<string, unknown>> {
  const id = engine.workflow.start(execution.start);
  const workflow = await engine.workflow.waitFor(id, {
    untilTaskRef: execution.waitUntilTaskRef,
    timeoutMs: (execution.waitForSeconds ?? DEFAULT_WAIT_SECONDS) * 1_000,
    signal: closing,
  });
  return signalResponse(workflow, execution.responseType, execution.requestId, isWaitOver(workflow, execution));
}

/** The server's answer about a workflow that somebody waited for. */
export function signalResponse(
  workflow: Workflow,
  responseType: string,
  requestId: string | undefined,
  signalTimeout: boolean,
): Record<string, unknown> {
  return {
    responseType,
    targetWorkflowId: workflow.workflowId,
    targetWorkflowStatus: workflow.status,
    requestId: requestId ?? randomUUID(),
    workflowId: workflow.workflowId,
    correlationId: workflow.correlationId,
    input: workflow.input,
    output: workflow.output,
    signalTimeout,
    priority: workflow.priority,
    variables: workflow.variables,
    tasks: workflow.tasks,
    createTime: workflow.createTime,
    updateTime: workflow.updateTime,
    status: workflow.status,
  };
}

function isWaitOver(workflow: Workflow, { waitUntilTaskRef }: SynchronousExecution): boolean {
  if (ENDED.has(workflow.status)) return false;
  const task = workflow.tasks.find(({ referenceTaskName }) => referenceTaskName === waitUntilTaskRef);
  return task === undefined || task.endTime === 0;
}
