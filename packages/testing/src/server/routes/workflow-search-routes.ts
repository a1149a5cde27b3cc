import type { SearchRequest } from '../../engine/engine-api.ts';
import { badRequest } from '../../engine/server-error.ts';
import { jsonAnswer } from '../answer.ts';
import type { QueryParameters } from '../query-parameters.ts';
import type { Route } from '../route.ts';

export const workflowSearchRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/workflow/search',
    operation: 'workflow.search',
    handle: ({ query }, { engine }) => jsonAnswer(engine.workflow.search(searchRequest(query))),
  },
  {
    method: 'GET',
    path: '/api/workflow/search-v2',
    operation: 'workflow.searchV2',
    handle: ({ query }, { engine }) => jsonAnswer(engine.workflow.searchV2(searchRequest(query))),
  },
  {
    method: 'GET',
    path: '/api/workflow/search-by-tasks',
    operation: 'workflow.searchByTasks',
    handle: ({ query }, { engine }) => jsonAnswer(engine.workflow.searchByTasks(searchRequest(query))),
  },
  {
    method: 'GET',
    path: '/api/workflow/search-by-tasks-v2',
    operation: 'workflow.searchByTasksV2',
    handle: ({ query }, { engine }) => jsonAnswer(engine.workflow.searchByTasksV2(searchRequest(query))),
  },
  {
    method: 'GET',
    path: '/api/workflow/{workflowId}/status',
    operation: 'workflow.getStatus',
    handle: ({ segment, query }, { engine }) =>
      jsonAnswer(
        engine.workflow.getStatus(segment('workflowId'), {
          includeOutput: query.flag('includeOutput', false),
          includeVariables: query.flag('includeVariables', false),
        }),
      ),
  },
  {
    method: 'GET',
    path: '/api/workflow/{workflowId}/tasks',
    operation: 'workflow.getTasks',
    handle: ({ segment, query }, { engine }) =>
      jsonAnswer(
        engine.workflow.getTasks(segment('workflowId'), {
          start: query.integer('start') ?? 0,
          count: query.integer('count') ?? 15,
          status: query.list('status'),
        }),
      ),
  },
  {
    method: 'GET',
    path: '/api/workflow/running/{name}',
    operation: 'workflow.getRunning',
    handle: ({ segment, query }, { engine }) =>
      jsonAnswer(
        engine.workflow.running(
          segment('name'),
          query.integer('version') ?? 1,
          query.integer('startTime'),
          query.integer('endTime'),
        ),
      ),
  },
  {
    method: 'POST',
    path: '/api/workflow/{name}/correlated',
    operation: 'workflow.getByCorrelationIds',
    body: 'array',
    handle: ({ segment, query, body }, { engine }) =>
      jsonAnswer(engine.workflow.correlated(segment('name'), body as string[], correlationOptions(query))),
  },
  {
    method: 'GET',
    path: '/api/workflow/{name}/correlated/{correlationId}',
    operation: 'workflow.getByCorrelationId',
    handle: ({ segment, query }, { engine }) =>
      jsonAnswer(
        engine.workflow.getByCorrelationId(segment('name'), segment('correlationId'), correlationOptions(query)),
      ),
  },
  externalStorageLocation('/api/workflow/externalstoragelocation', 'workflow.getExternalStorageLocation'),
  externalStorageLocation('/api/workflow/external-storage-location', 'workflow.getExternalStorageLocationAlias'),
  externalStorageLocation('/api/tasks/externalstoragelocation', 'task.getExternalStorageLocation'),
  externalStorageLocation('/api/tasks/external-storage-location', 'task.getExternalStorageLocationAlias'),
];

export function searchRequest(query: QueryParameters): SearchRequest {
  return {
    start: query.integer('start') ?? 0,
    size: query.integer('size') ?? 100,
    sort: query.text('sort'),
    freeText: query.text('freeText') ?? '*',
    query: query.text('query'),
    classifier: query.text('classifier'),
    topLevelOnly: query.flag('topLevelOnly', false),
  };
}

/** Like a server without external storage: a path, and no URI to put anything at. */
function externalStorageLocation(path: string, operation: string): Route {
  return {
    method: 'GET',
    path,
    operation,
    handle({ query }) {
      const [path = '', operation = '', payloadType = ''] = ['path', 'operation', 'payloadType'].map((name) =>
        query.requiredText(name),
      );
      if (!OPERATIONS.has(operation.toUpperCase()) || !PAYLOAD_TYPES.has(payloadType.toUpperCase()))
        throw badRequest(`Invalid input - Operation: ${operation}, PayloadType: ${payloadType}`);
      return jsonAnswer({ path: `${path}${crypto.randomUUID()}.json` });
    },
  };
}

const OPERATIONS = new Set(['READ', 'WRITE']);
const PAYLOAD_TYPES = new Set(['WORKFLOW_INPUT', 'WORKFLOW_OUTPUT', 'TASK_INPUT', 'TASK_OUTPUT']);

const correlationOptions = (query: QueryParameters): { includeClosed: boolean; includeTasks: boolean } => ({
  includeClosed: query.flag('includeClosed', false),
  includeTasks: query.flag('includeTasks', false),
});
