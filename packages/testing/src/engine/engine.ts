import { createBulk } from './bulk.ts';
import { createKernel, stopTimers } from './create-kernel.ts';
import type { Engine } from './engine-api.ts';
import { ENGINE_DEFAULTS, type EngineOptions } from './engine-options.ts';
import { createTaskApi } from './task-api.ts';
import { createWorkflowApi } from './workflow-api.ts';

/**
 * An in-memory workflow engine that answers as a Conductor server does. It runs workflows honestly, and keeps nothing: real work belongs on a real cluster.
 *
 * It differs from the real server in a few ways, all of them faster: joins and sub-workflows take 20 ms instead of some 200, timeouts strike at their
 * instant instead of up to a second later, and a slot under `concurrentExecLimit` is free at once.
 */
export function createEngine(options: Partial<EngineOptions> = {}): Engine {
  const kernel = createKernel(resolve(options));
  /** Ends of the waits going on now. */
  const waits = new Set<() => void>();
  const workflow = createWorkflowApi(kernel, waits);
  return {
    metadata: kernel.metadata,
    workflow,
    task: createTaskApi(kernel, waits),
    bulk: createBulk(kernel, workflow),
    stats: () => kernel.counts.read(),
    close: () => {
      for (const finish of waits) finish();
      for (const execution of kernel.executions.all()) stopTimers(execution);
      kernel.queues.close();
    },
  };
}

/** An explicit `undefined` means the default. */
function resolve(options: Partial<EngineOptions>): EngineOptions {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  return { ...ENGINE_DEFAULTS, ...given };
}
