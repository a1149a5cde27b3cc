import type { Ending } from './ending.ts';
import { endTask } from './task-ending.ts';
import { type Execution, placementOf } from './execution.ts';
import type { Kernel } from './kernel.ts';
import { afterFailure } from './retry-rule.ts';
import { runOf } from './schedule-step.ts';
import { hasEnded, isSuccessful, isTerminal } from './status.ts';
import { armSweep, firstScheduled } from './sweeper.ts';
import { createRetry } from './task-factory.ts';
import type { Run } from './tasks/task-kind.ts';
import { kindOf } from './tasks/task-kinds.ts';
import { passedDeadline, workflowTimeout } from './timeouts.ts';
import type { Task } from './types.ts';

/** More turns than this without waiting for anybody is a loop that never ends; the process must survive it. */
const MAX_TURNS = 2_000;

/** Goes on with a workflow as far as it gets by now. Safe to call at any time, also from within itself. */
export function decide(kernel: Kernel, execution: Execution): void {
  if (hasEnded(execution.workflow.status)) return;
  if (execution.deciding) {
    execution.decideAgain = true;
    return;
  }
  execution.deciding = true;
  let ending: Ending | undefined;
  try {
    do {
      execution.decideAgain = false;
      ending = settle(kernel, execution);
    } while (!ending && execution.decideAgain);
  } finally {
    execution.deciding = false;
  }
  if (ending) kernel.end(execution, ending);
  else armSweep(kernel, execution);
  notify(kernel, execution);
}

/** Tells whoever waits for it, and whoever waits for a workflow that it is a part of. */
export function notify(kernel: Kernel, execution: Execution): void {
  for (const watcher of execution.watchers) watcher();
  const { parentWorkflowId } = execution.workflow;
  const parent = parentWorkflowId === undefined ? undefined : kernel.executions.find(parentWorkflowId);
  if (parent) notify(kernel, parent);
}

/** Takes turns until nothing moves. Gives the ending when the workflow is over. */
function settle(kernel: Kernel, execution: Execution): Ending | undefined {
  const { workflow } = execution;
  const run = runOf(kernel, execution);
  let processed: Task[] = [];
  for (let turn = 0; turn < MAX_TURNS; turn += 1) {
    const timeout = workflowTimeout(workflow, kernel.clock.now());
    if (timeout) return timeout;
    if (workflow.status === 'PAUSED') return undefined;
    const outcome = takeTurn(run);
    if (outcome.ending) return outcome.ending;
    if (execution.ending) return execution.ending;
    if (outcome.processed.length > 0) processed = outcome.processed;
    if (outcome.changed) continue;
    if (execution.pending.size > 0) return undefined;
    // The real server never gets to mark the last tasks of a workflow.
    for (const task of processed) task.executed = false;
    return { status: 'COMPLETED' };
  }
  return {
    status: 'FAILED',
    reason: `The workflow took ${MAX_TURNS} turns without waiting for a worker, which looks like an endless loop`,
  };
}

interface Turn {
  readonly changed: boolean;
  readonly processed: Task[];
  readonly ending?: Ending | undefined;
}

function takeTurn(run: Run): Turn {
  const { kernel, execution } = run;
  const processed: Task[] = [];
  let changed = false;
  // Only those that are open now: what they bring about belongs to the next turn.
  const open = [...execution.pending];
  for (const task of open) {
    const ending =
      timeOut(kernel, execution, task) ?? (isTerminal(task.status) ? handleEnded(run, task, processed) : undefined);
    if (ending) return { changed: true, processed, ending };
    changed ||= isTerminal(task.status);
  }
  if (changed) return { changed, processed };
  // Joins and loops come last, when nothing they wait for moves any more.
  for (const task of execution.pending) {
    if (kindOf(task.workflowTask.type).review?.(run, task)) return { changed: true, processed };
  }
  return { changed: false, processed };
}

/** Applies the first deadline that has passed. */
function timeOut(kernel: Kernel, execution: Execution, task: Task): Ending | undefined {
  const passed = passedDeadline(task, firstScheduled(execution, task), kernel.clock.now());
  if (!passed) return undefined;
  endTask(kernel, execution, task, 'TIMED_OUT', { reason: passed.reason });
  return passed.endsWorkflow ? { status: 'TIMED_OUT', reason: passed.reason, task } : undefined;
}

/** Deals with an ended task once: retries it, ends the workflow over it, or schedules what comes next. */
function handleEnded(run: Run, task: Task, processed: Task[]): Ending | undefined {
  const { kernel, execution } = run;
  if (!isSuccessful(task.status)) {
    const after = afterFailure(task);
    if (after.do === 'end') return after.ending;
    if (after.do === 'retry') {
      const { delaySeconds } = after;
      const attempt = createRetry(kernel, execution, task, {
        startDelayInSeconds: delaySeconds,
        callbackAfterSeconds: delaySeconds,
      });
      kindOf(task.workflowTask.type).start(run, attempt);
      return undefined;
    }
    if (after.do === 'go-on') task.status = 'COMPLETED_WITH_ERRORS';
  }
  task.executed = true;
  execution.pending.delete(task);
  processed.push(task);
  const { next } = kindOf(task.workflowTask.type);
  const step = next ? next(run, task) : execution.flow.get(task.workflowTask.taskReferenceName);
  run.schedule(step, placementOf(execution, task));
  return undefined;
}
