import { badRequest, internal, ServerError } from '../../engine/server-error.ts';
import { jsonAnswer, textAnswer } from '../answer.ts';
import type { Route, RouteRequest } from '../route.ts';

export const queueRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/tasks/queue/all',
    operation: 'task.getAllQueueSizes',
    handle: (_, { engine }) => jsonAnswer(engine.task.queueSizes()),
  },
  {
    method: 'GET',
    path: '/api/tasks/queue/all/verbose',
    operation: 'task.getQueueDetails',
    handle: (_, { engine }) => jsonAnswer(engine.task.queueDetails()),
  },
  {
    method: 'GET',
    path: '/api/tasks/queue/sizes',
    operation: 'task.getQueueSizes',
    handle({ query }, { engine }) {
      const types = query.list('taskType');
      // The parameter counts as optional, and the server then trips over its absence.
      if (types === undefined)
        throw new ServerError(500, 'Cannot invoke "java.util.List.iterator()" because "taskDefNames" is null');
      return jsonAnswer(engine.task.queueSizes(types));
    },
  },
  {
    method: 'GET',
    path: '/api/tasks/queue/size',
    operation: 'task.getQueueSize',
    handle({ query }, { engine }) {
      const domain = query.text('domain');
      const type = query.requiredText('taskType');
      const queue = domain === undefined ? type : `${domain}:${type}`;
      return jsonAnswer(engine.task.queueSizes([queue])[queue] ?? 0);
    },
  },
  {
    method: 'GET',
    path: '/api/tasks/queue/polldata',
    operation: 'task.getPollData',
    handle: ({ query }, { engine }) => jsonAnswer(engine.task.pollData(query.requiredText('taskType'))),
  },
  {
    method: 'GET',
    path: '/api/tasks/queue/polldata/all',
    operation: 'task.getAllPollData',
    handle: (_, { engine }) => jsonAnswer(engine.task.pollDataAll()),
  },
  {
    method: 'POST',
    path: '/api/tasks/queue/requeue/{taskType}',
    operation: 'task.requeue',
    handle: ({ segment }, { engine }) => textAnswer(String(engine.task.requeue(segment('taskType')))),
  },
  // The queues of events: this server has none, as one without an event bus.
  {
    method: 'GET',
    path: '/api/queue/',
    operation: 'queue.getNames',
    handle: () => jsonAnswer({}),
  },
  {
    method: 'GET',
    path: '/api/queue/size',
    operation: 'queue.getSizes',
    handle: () => jsonAnswer({}),
  },
  {
    method: 'POST',
    path: '/api/queue/update/{workflowId}/{taskRefName}/{status}',
    operation: 'queue.updateByRef',
    body: 'object',
    handle: refuseWithoutQueue,
  },
  {
    method: 'POST',
    path: '/api/queue/update/{workflowId}/task/{taskId}/{status}',
    operation: 'queue.updateByTaskId',
    body: 'object',
    handle: refuseWithoutQueue,
  },
];

/** An update goes through the event queue of its status. */
function refuseWithoutQueue({ segment }: RouteRequest): never {
  const status = segment('status');
  if (!STATUSES.has(status)) {
    throw internal(
      `Method parameter 'status': Failed to convert value of type 'java.lang.String' to required type 'com.netflix.conductor.model.TaskModel$Status'; No enum constant for value [${status}]`,
    );
  }
  throw badRequest(`There is no queue for handling ${status} status`);
}

const STATUSES = new Set([
  'IN_PROGRESS',
  'CANCELED',
  'FAILED',
  'FAILED_WITH_TERMINAL_ERROR',
  'COMPLETED',
  'COMPLETED_WITH_ERRORS',
  'SCHEDULED',
  'TIMED_OUT',
  'SKIPPED',
]);
