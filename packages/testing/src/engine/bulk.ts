import type { BulkApi, WorkflowApi } from './engine-api.ts';
import { readTexts } from './field-readers.ts';
import type { Kernel } from './kernel.ts';
import { internal, validationFailed } from './server-error.ts';
import type { BulkResponse } from './types.ts';
import { modelOfWorkflow } from './workflow-model.ts';

const MOST_IDS = 1_000;

/** The same moves for many workflows: each id succeeds or fails on its own. */
export function createBulk(kernel: Kernel, workflow: WorkflowApi): BulkApi {
  return {
    pause: (ids) => forEachId('pauseWorkflow', ids, (id) => workflow.pause(id)),
    resume: (ids) => forEachId('resumeWorkflow', ids, (id) => workflow.resume(id)),
    restart: (ids, useLatest) => forEachId('restart', ids, (id) => workflow.restart(id, useLatest)),
    retry: (ids) => forEachId('retry', ids, (id) => workflow.retry(id)),
    terminate: (ids, reason) => forEachId('terminate', ids, (id) => workflow.terminate(id, reason)),
    remove: (ids, archive) => forEachId('deleteWorkflow', ids, (id) => workflow.remove(id, archive)),
    terminateAndRemove: (ids, reason, archive) =>
      // The server names an id once when it is terminated, and again when it is removed.
      collect('terminateRemove', ids, (id, succeeded) => {
        workflow.terminate(id, reason);
        succeeded(id);
        workflow.remove(id, archive);
        succeeded(id);
      }),
    search: (ids, includeTasks = true) =>
      collect('searchWorkflow', ids, (id, succeeded) =>
        succeeded(modelOfWorkflow(kernel.executions.get(id), includeTasks)),
      ),
  };
}

/** `method` is what the server calls it in its refusals. */
function forEachId(method: string, ids: unknown, run: (id: string) => void): BulkResponse {
  return collect(method, ids, (id, succeeded) => {
    run(id);
    succeeded(id);
  });
}

function collect<T>(
  method: string,
  ids: unknown,
  run: (id: string, succeeded: (result: T) => void) => void,
): BulkResponse<T> {
  const response: BulkResponse<T> = { bulkErrorResults: {}, bulkSuccessfulResults: [] };
  for (const id of readIds(method, ids)) {
    try {
      run(id, (result) => response.bulkSuccessfulResults.push(result));
    } catch (error) {
      response.bulkErrorResults[id] = error instanceof Error ? error.message : String(error);
    }
  }
  return response;
}

function readIds(method: string, ids: unknown): string[] {
  const path = `${method}.arg0`;
  if (Array.isArray(ids) && ids.includes(null))
    throw internal(
      'Could not write JSON: Null key for a Map not allowed in JSON (use a converting NullKeySerializer?)',
    );
  const list = readTexts(ids);
  if (list.length === 0) throw validationFailed([{ path, message: 'WorkflowIds list cannot be null.' }]);
  if (list.length <= MOST_IDS) return list;
  const message = `Cannot process more than ${MOST_IDS} workflows. Please use multiple requests.`;
  throw validationFailed([{ path, message }]);
}
