import { ServerError } from '../../engine/server-error.ts';
import { emptyAnswer, jsonAnswer, textAnswer } from '../answer.ts';
import type { Route } from '../route.ts';

export const queueRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/tasks/queue/all',
    operation: 'task.queueSizesAll',
    handle: (_, { engine }) => jsonAnswer(engine.task.queueSizes()),
  },
  {
    method: 'GET',
    path: '/api/tasks/queue/all/verbose',
    operation: 'task.queueDetails',
    handle: (_, { engine }) => jsonAnswer(engine.task.queueDetails()),
  },
  {
    method: 'GET',
    path: '/api/tasks/queue/sizes',
    operation: 'task.queueSizes',
    handle({ query }, { engine }) {
      const types = query.list('taskType');
      // The parameter counts as optional, and the server then trips over its absence.
      if (types === undefined)
        throw new ServerError(500, 'Cannot invoke "java.util.List.stream()" because "taskTypes" is null');
      return jsonAnswer(engine.task.queueSizes(types));
    },
  },
  {
    method: 'GET',
    path: '/api/tasks/queue/size',
    operation: 'task.queueSize',
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
    operation: 'task.pollData',
    handle: ({ query }, { engine }) => jsonAnswer(engine.task.pollData(query.requiredText('taskType'))),
  },
  {
    method: 'GET',
    path: '/api/tasks/queue/polldata/all',
    operation: 'task.pollDataAll',
    handle: (_, { engine }) => jsonAnswer(engine.task.pollDataAll()),
  },
  {
    method: 'POST',
    path: '/api/tasks/queue/requeue/{taskType}',
    operation: 'task.requeue',
    handle: ({ segment }, { engine }) => textAnswer(String(engine.task.requeue(segment('taskType')))),
  },
  // The queue administration of event queues: there are none here, updates of WAIT tasks work.
  {
    method: 'GET',
    path: '/api/queue/',
    operation: 'queue.names',
    handle: () => jsonAnswer({}),
  },
  {
    method: 'GET',
    path: '/api/queue/size',
    operation: 'queue.sizes',
    handle: () => jsonAnswer({}),
  },
  {
    method: 'POST',
    path: '/api/queue/update/{workflowId}/{taskRefName}/{status}',
    operation: 'queue.updateByRef',
    body: 'object',
    handle({ segment, body }, { engine }) {
      engine.task.updateByRef(segment('workflowId'), segment('taskRefName'), segment('status'), body);
      return emptyAnswer();
    },
  },
  {
    method: 'POST',
    path: '/api/queue/update/{workflowId}/task/{taskId}/{status}',
    operation: 'queue.updateByTaskId',
    body: 'object',
    handle({ segment, body }, { engine }) {
      engine.task.update({
        workflowInstanceId: segment('workflowId'),
        taskId: segment('taskId'),
        status: segment('status'),
        outputData: body,
      });
      return emptyAnswer();
    },
  },
];
