import type { BulkApi, WorkflowApi } from './engine-api.ts';
import { readTexts } from './field-readers.ts';
import { validationFailed } from './server-error.ts';
import type { BulkResponse } from './types.ts';

const MOST_IDS = 1_000;

/** The same moves for many workflows: each id succeeds or fails on its own. */
export function createBulk(workflow: WorkflowApi): BulkApi {
  return {
    pause: (ids) => forEachId(ids, (id) => workflow.pause(id)),
    resume: (ids) => forEachId(ids, (id) => workflow.resume(id)),
    restart: (ids, useLatestDefinitions) => forEachId(ids, (id) => workflow.restart(id, useLatestDefinitions)),
    retry: (ids) => forEachId(ids, (id) => workflow.retry(id)),
    terminate: (ids, reason) => forEachId(ids, (id) => workflow.terminate(id, reason)),
    remove: (ids, archive) => forEachId(ids, (id) => workflow.remove(id, archive)),
    terminateAndRemove: (ids, reason) => forEachId(ids, (id) => workflow.terminateAndRemove(id, reason)),
    search: (ids, includeTasks) => collect(ids, (id) => workflow.get(id, includeTasks)),
  };
}

function forEachId(ids: unknown, run: (id: string) => void): BulkResponse {
  return collect(ids, (id) => {
    run(id);
    return id;
  });
}

function collect<T>(ids: unknown, run: (id: string) => T): BulkResponse<T> {
  const response: BulkResponse<T> = { bulkErrorResults: {}, bulkSuccessfulResults: [] };
  for (const id of readIds(ids)) {
    try {
      response.bulkSuccessfulResults.push(run(id));
    } catch (error) {
      response.bulkErrorResults[id] = error instanceof Error ? error.message : String(error);
    }
  }
  return response;
}

function readIds(ids: unknown): string[] {
  const list = readTexts(ids);
  if (list.length === 0) throw validationFailed([{ path: 'arg0', message: 'WorkflowIds list cannot be null.' }]);
  if (list.length > MOST_IDS) {
    throw validationFailed([
      { path: 'arg0', message: `Cannot process more than ${MOST_IDS} workflows. Please use multiple requests.` },
    ]);
  }
  return list;
}
