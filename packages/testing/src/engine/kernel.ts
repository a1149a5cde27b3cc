import type { Clock } from '../clock.ts';
import type { ConcurrencyLimits } from './concurrency-limits.ts';
import type { Counts } from './counts.ts';
import type { EngineOptions } from './engine-options.ts';
import type { Execution } from './execution.ts';
import type { ExecutionStore } from './execution-store.ts';
import type { Ending } from './ending.ts';
import type { MetadataStore } from './metadata-store.ts';
import type { PollLog } from './poll-log.ts';
import type { TaskQueues } from './queues.ts';
import type { StartInput } from './start-input.ts';
import type { TaskLogs } from './task-logs.ts';

/** The engine's organs and the three moves that every part may ask for. Made once, in create-kernel.ts; lives as long as the engine. */
export interface Kernel {
  readonly options: EngineOptions;
  readonly clock: Clock;
  readonly metadata: MetadataStore;
  readonly executions: ExecutionStore;
  readonly queues: TaskQueues;
  readonly limits: ConcurrencyLimits;
  readonly polls: PollLog;
  readonly logs: TaskLogs;
  readonly counts: Counts;
  /** Starts a workflow and runs it up to where it has to wait. Throws a `ServerError` when workflows start each other without end. */
  begin(input: StartInput): Execution;
  /** Goes on with a workflow as far as it gets by now. */
  decide(execution: Execution): void;
  /** Ends a workflow. */
  end(execution: Execution, ending: Ending): void;
}
