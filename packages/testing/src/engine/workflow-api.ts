import { findBlocked } from './blocked-task.ts';
import type { WorkflowApi } from './engine-api.ts';
import type { Kernel } from './kernel.ts';
import { rerunWorkflow } from './rerun.ts';
import { restartWorkflow, retryWorkflow } from './rewind.ts';
import { searchByTasks, searchByTasksV2, searchWorkflows, searchWorkflowsV2 } from './search.ts';
import { snapshotOfWorkflow } from './snapshots.ts';
import { startWorkflow } from './start-workflow.ts';
import { waitFor } from './wait-for.ts';
import {
  pauseWorkflow,
  removeWorkflow,
  resetCallbacks,
  resumeWorkflow,
  skipTask,
  terminateWorkflow,
} from './workflow-control.ts';
import { byCorrelationId, correlated, runningIds, statusOf, tasksOf } from './workflow-queries.ts';
import { testWorkflow } from './workflow-test.ts';

export function createWorkflowApi(kernel: Kernel, waits: Set<() => void>): WorkflowApi {
  return {
    start: (request) => startWorkflow(kernel, request),
    get: (id, includeTasks) => snapshotOfWorkflow(kernel.executions.get(id), includeTasks),
    getStatus: (id, options) => statusOf(kernel, id, options),
    getTasks: (id, options) => tasksOf(kernel, id, options),
    running: (name, version, startTime, endTime) => runningIds(kernel, name, version, startTime, endTime),
    search: (request) => searchWorkflows(kernel, request),
    searchV2: (request) => searchWorkflowsV2(kernel, request),
    searchByTasks: (request) => searchByTasks(kernel, request),
    searchByTasksV2: (request) => searchByTasksV2(kernel, request),
    correlated: (name, ids, options) => correlated(kernel, name, ids, options),
    getByCorrelationId: (name, correlationId, options) => byCorrelationId(kernel, name, correlationId, options),
    pause: (id) => pauseWorkflow(kernel, id),
    resume: (id) => resumeWorkflow(kernel, id),
    terminate: (id, reason) => terminateWorkflow(kernel, id, reason),
    terminateAndRemove: (id, reason, archive = true) => {
      terminateWorkflow(kernel, id, reason);
      removeWorkflow(kernel, id, archive);
    },
    remove: (id, archive = true) => removeWorkflow(kernel, id, archive),
    retry: (id, resumeSubworkflowTasks) => retryWorkflow(kernel, id, resumeSubworkflowTasks),
    restart: (id, useLatestDefinitions = false) => restartWorkflow(kernel, id, useLatestDefinitions),
    rerun: (id, request) => rerunWorkflow(kernel, id, request),
    skipTask: (id, ref, request) => skipTask(kernel, id, ref, request),
    decide: (id) => kernel.decide(kernel.executions.get(id)),
    resetCallbacks: (id) => resetCallbacks(kernel, id),
    test: (request) => testWorkflow(kernel, request),
    waitFor: (id, options) => waitFor(kernel, waits, id, options),
    isRunning: (id) => kernel.executions.find(id)?.workflow.status === 'RUNNING',
    findBlocked: (id) => findBlocked(kernel, kernel.executions.get(id)),
  };
}
