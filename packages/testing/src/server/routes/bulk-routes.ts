import type { BulkApi } from '../../engine/engine-api.ts';
import type { QueryParameters } from '../query-parameters.ts';
import { jsonAnswer } from '../answer.ts';
import type { Method, Route } from '../route.ts';

export const bulkRoutes: readonly Route[] = [
  bulkRoute('PUT', 'pause', (bulk, ids) => bulk.pause(ids)),
  bulkRoute('PUT', 'resume', (bulk, ids) => bulk.resume(ids)),
  bulkRoute('POST', 'restart', (bulk, ids, query) => bulk.restart(ids, query.flag('useLatestDefinitions', false))),
  bulkRoute('POST', 'retry', (bulk, ids) => bulk.retry(ids)),
  bulkRoute('POST', 'terminate', (bulk, ids, query) => bulk.terminate(ids, query.text('reason'))),
  bulkRoute('DELETE', 'remove', (bulk, ids, query) => bulk.remove(ids, query.flag('archiveWorkflow', true))),
  bulkRoute('DELETE', 'terminate-remove', (bulk, ids, query) =>
    bulk.terminateAndRemove(ids, query.text('reason'), query.flag('archiveWorkflow', true)),
  ),
  bulkRoute('POST', 'search', (bulk, ids, query) => bulk.search(ids, query.flag('includeTasks', true))),
];

function bulkRoute(
  method: Method,
  verb: string,
  act: (bulk: BulkApi, ids: unknown, query: QueryParameters) => unknown,
): Route {
  return {
    method,
    path: `/api/workflow/bulk/${verb}`,
    operation: `bulk.${verb === 'terminate-remove' ? 'terminateAndRemove' : verb}`,
    body: 'array',
    handle: ({ body, query }, { engine }) => jsonAnswer(act(engine.bulk, body, query)),
  };
}
