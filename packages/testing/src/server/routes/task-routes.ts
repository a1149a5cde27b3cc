import { ServerError } from '../../engine/server-error.ts';
import { emptyAnswer, jsonAnswer, noContentAnswer, textAnswer } from '../answer.ts';
import type { Route } from '../route.ts';
import { searchRequest } from './workflow-search-routes.ts';

export const taskRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/tasks/poll/{tasktype}',
    operation: 'task.poll',
    handle({ segment, query }, { engine }) {
      const task = engine.task.poll(segment('tasktype'), query.text('workerid'), query.text('domain'));
      return task === undefined ? noContentAnswer : jsonAnswer(task);
    },
  },
  {
    method: 'GET',
    path: '/api/tasks/poll/batch/{tasktype}',
    operation: 'task.pollBatch',
    handle: async ({ segment, query }, { engine, closing }) =>
      jsonAnswer(
        await engine.task.pollBatch(segment('tasktype'), {
          workerId: query.text('workerid'),
          domain: query.text('domain'),
          count: query.integer('count') ?? 1,
          timeoutMs: query.integer('timeout') ?? 100,
          // Not the caller's connection: the server pops a task for a poller that has gone, and loses it.
          signal: closing,
        }),
      ),
  },
  {
    method: 'POST',
    path: '/api/tasks',
    operation: 'task.update',
    body: 'object',
    handle: ({ body }, { engine }) => textAnswer(engine.task.update(body)),
  },
  {
    method: 'POST',
    path: '/api/tasks/update-v2',
    operation: 'task.updateAndPoll',
    body: 'object',
    async handle({ body }, { engine }) {
      try {
        const next = await engine.task.updateAndPoll(body);
        return next === undefined ? noContentAnswer : jsonAnswer(next);
      } catch (error) {
        // Unlike an update by POST /api/tasks, the server checks this one where nothing maps the failure to a 400.
        if (error instanceof ServerError && error.status === 400) {
          throw new ServerError(500, `Validation failed for argument [0] in public handler method: ${error.message}`);
        }
        throw error;
      }
    },
  },
  {
    method: 'GET',
    path: '/api/tasks/{taskId}',
    operation: 'task.get',
    handle: ({ segment }, { engine }) => jsonAnswer(engine.task.get(segment('taskId'))),
  },
  {
    method: 'GET',
    path: '/api/tasks/{taskId}/log',
    operation: 'task.getLogs',
    handle({ segment }, { engine }) {
      const logs = engine.task.getLogs(segment('taskId'));
      return logs.length === 0 ? noContentAnswer : jsonAnswer(logs);
    },
  },
  {
    method: 'POST',
    path: '/api/tasks/{taskId}/log',
    operation: 'task.addLog',
    // Taken raw whatever its content type, so a JSON string keeps its quotes.
    body: 'text',
    handle({ segment, body }, { engine }) {
      engine.task.addLog(segment('taskId'), body as string);
      return emptyAnswer();
    },
  },
  {
    method: 'GET',
    path: '/api/tasks/search',
    operation: 'task.search',
    handle: ({ query }, { engine }) => jsonAnswer(engine.task.search(searchRequest(query))),
  },
  {
    method: 'GET',
    path: '/api/tasks/search-v2',
    operation: 'task.searchV2',
    handle: ({ query }, { engine }) => jsonAnswer(engine.task.searchV2(searchRequest(query))),
  },
];
