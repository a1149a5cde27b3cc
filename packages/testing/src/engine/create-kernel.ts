import { beginExecution } from './begin-execution.ts';
import { ConcurrencyLimits } from './concurrency-limits.ts';
import { Counts } from './counts.ts';
import { decide } from './decider.ts';
import { endExecution } from './end-execution.ts';
import type { EngineOptions } from './engine-options.ts';
import type { Execution } from './execution.ts';
import { ExecutionStore } from './execution-store.ts';
import type { Kernel } from './kernel.ts';
import { MetadataStore } from './metadata-store.ts';
import { PollLog } from './poll-log.ts';
import { TaskQueues } from './queues.ts';
import { internal } from './server-error.ts';
import { disarmSweep } from './sweeper.ts';
import { TaskLogs } from './task-logs.ts';

/** So many workflows may be started one within the other in one go; one that starts itself must not take the process down. */
const DEEPEST_START = 50;

export function createKernel(
  options: EngineOptions,
  metadata: MetadataStore = new MetadataStore(options.clock),
): Kernel {
  const { clock } = options;
  let depth = 0;
  const logs = new TaskLogs(clock, options.maxLogsPerTask);
  const forget = (execution: Execution): void => {
    stopTimers(execution);
    for (const task of execution.workflow.tasks) logs.forget(task.taskId);
  };
  const kernel: Kernel = {
    options,
    clock,
    metadata,
    executions: new ExecutionStore(options.maxWorkflows, forget),
    queues: new TaskQueues(clock),
    limits: new ConcurrencyLimits(),
    polls: new PollLog(clock),
    logs,
    counts: new Counts(),
    begin(input) {
      if (depth >= DEEPEST_START) throw internal(`Workflows start each other without end: ${input.definition.name}`);
      depth += 1;
      try {
        return beginExecution(kernel, input);
      } finally {
        depth -= 1;
      }
    },
    decide: (execution) => decide(kernel, execution),
    end: (execution, ending) => endExecution(kernel, execution, ending),
  };
  return kernel;
}

export function stopTimers(execution: Execution): void {
  disarmSweep(execution);
  for (const timer of execution.timers.values()) timer.cancel();
  execution.timers.clear();
}
