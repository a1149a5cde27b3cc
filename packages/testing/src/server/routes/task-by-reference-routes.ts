import { notFound, ServerError } from '../../engine/server-error.ts';
import { emptyAnswer, jsonAnswer, textAnswer } from '../answer.ts';
import type { Route, RouteRequest } from '../route.ts';
import { returnStrategy, waitAndRespond } from './signal-response.ts';

/** Updates that name a task by its workflow, and signals that name no task at all. */
export const taskByReferenceRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/api/tasks/{workflowId}/{taskRefName}/{status}',
    operation: 'task.updateByRef',
    body: 'object',
    handle(request, { engine }) {
      const { segment, body, query } = request;
      const id = engine.task.updateByRef(
        segment('workflowId'),
        segment('taskRefName'),
        reportedStatus(request),
        body,
        query.text('workerid'),
      );
      // No open task of that name is not an error to the server: 200 with nothing in it.
      return id === undefined ? emptyAnswer() : textAnswer(id);
    },
  },
  {
    method: 'POST',
    path: '/api/tasks/{workflowId}/{taskRefName}/{status}/sync',
    operation: 'task.updateByRefSync',
    body: 'object',
    handle(request, { engine }) {
      const { segment, body, query } = request;
      const [id, ref] = [segment('workflowId'), segment('taskRefName')];
      const updated = engine.task.updateByRef(id, ref, reportedStatus(request), body, query.text('workerid'));
      if (updated === undefined) throw notFound(`Found no running task ${ref} of workflow ${id} to update`);
      return jsonAnswer(engine.workflow.get(id, true));
    },
  },
  {
    method: 'POST',
    path: '/api/tasks/{workflowId}/{status}/signal',
    operation: 'task.signal',
    body: 'object',
    handle(request, { engine }) {
      engine.task.signal(request.segment('workflowId'), reportedStatus(request), request.body);
      return emptyAnswer();
    },
  },
  {
    method: 'POST',
    path: '/api/tasks/{workflowId}/{status}/signal/sync',
    operation: 'task.signalSync',
    body: 'object',
    async handle(request, server) {
      const { segment, query, body } = request;
      const workflowId = segment('workflowId');
      const strategy = returnStrategy(query);
      if (!server.engine.task.signal(workflowId, reportedStatus(request), body)) {
        throw notFound(`Found no blocked task in workflow ${workflowId} to signal`);
      }
      const timeoutMs = query.integer('timeoutMillis') ?? 5_000;
      return jsonAnswer(await waitAndRespond({ workflowId, strategy, timeoutMs }, server));
    },
  },
];

const REPORTED = new Set(['IN_PROGRESS', 'FAILED', 'FAILED_WITH_TERMINAL_ERROR', 'COMPLETED', 'CANCELED']);

function reportedStatus({ segment }: RouteRequest): string {
  const status = segment('status');
  if (REPORTED.has(status)) return status;
  throw new ServerError(
    500,
    `Method parameter 'status': Failed to convert value of type 'java.lang.String' to required type 'com.netflix.conductor.common.metadata.tasks.TaskResult$Status'; No enum constant for value [${status}]`,
  );
}
