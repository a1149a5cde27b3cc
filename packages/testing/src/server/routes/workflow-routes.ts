import { emptyAnswer, jsonAnswer, noContentAnswer, textAnswer } from '../answer.ts';
import { parseInteger } from '../query-parameters.ts';
import type { Route } from '../route.ts';
import { DEFAULT_WAIT_SECONDS, returnStrategy, waitAndRespond } from './signal-response.ts';
import { checkPriority, startByName } from './start-request.ts';

export const workflowRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/api/workflow',
    operation: 'workflow.start',
    body: 'object',
    handle: ({ body }, { engine }) => textAnswer(engine.workflow.start(body)),
  },
  {
    method: 'POST',
    path: '/api/workflow/{name}',
    operation: 'workflow.startByName',
    body: 'object',
    handle(request, { engine, mode }) {
      const start = startByName(request, mode);
      checkPriority(request.query.integer('priority'));
      // Looked up first: an unknown name is reported in other words here than by a start with a request body.
      engine.metadata.getWorkflowDef(request.segment('name'), request.query.integer('version'));
      return textAnswer(engine.workflow.start(start));
    },
  },
  {
    method: 'POST',
    path: '/api/workflow/execute/{name}/{version}',
    operation: 'workflow.execute',
    body: 'object',
    async handle({ body, query, segment }, server) {
      const strategy = returnStrategy(query);
      const version = parseInteger('version', segment('version'));
      // The path wins over the body; version 0 is the latest one.
      const where = { name: segment('name'), version: version === 0 ? undefined : version };
      const workflowId = server.engine.workflow.start({ ...(body as Record<string, unknown>), ...where });
      const wait = {
        workflowId,
        strategy,
        untilTaskRef: query.text('waitUntilTaskRef'),
        timeoutMs: (query.integer('waitForSeconds') ?? DEFAULT_WAIT_SECONDS) * 1_000,
        requestId: query.text('requestId'),
      };
      return jsonAnswer(await waitAndRespond(wait, server));
    },
  },
  {
    method: 'POST',
    path: '/api/workflow/test',
    operation: 'workflow.test',
    body: 'object',
    handle: ({ body }, { engine }) => jsonAnswer(engine.workflow.test(body)),
  },
  {
    method: 'GET',
    path: '/api/workflow/{workflowId}',
    operation: 'workflow.get',
    handle: ({ segment, query }, { engine }) =>
      jsonAnswer(engine.workflow.get(segment('workflowId'), query.flag('includeTasks', true))),
  },
  {
    method: 'DELETE',
    path: '/api/workflow/{workflowId}',
    operation: 'workflow.terminate',
    handle({ segment, query }, { engine }) {
      engine.workflow.terminate(segment('workflowId'), query.text('reason'));
      return emptyAnswer();
    },
  },
  {
    method: 'DELETE',
    path: '/api/workflow/{workflowId}/remove',
    operation: 'workflow.remove',
    handle({ segment, query }, { engine }) {
      engine.workflow.remove(segment('workflowId'), query.flag('archiveWorkflow', true));
      return emptyAnswer();
    },
  },
  {
    method: 'DELETE',
    path: '/api/workflow/{workflowId}/terminate-remove',
    operation: 'workflow.terminateAndRemove',
    handle({ segment, query }, { engine }) {
      const archive = query.flag('archiveWorkflow', true);
      engine.workflow.terminateAndRemove(segment('workflowId'), query.text('reason'), archive);
      return emptyAnswer();
    },
  },
  {
    method: 'PUT',
    path: '/api/workflow/{workflowId}/pause',
    operation: 'workflow.pause',
    handle({ segment }, { engine }) {
      engine.workflow.pause(segment('workflowId'));
      return emptyAnswer();
    },
  },
  {
    method: 'PUT',
    path: '/api/workflow/{workflowId}/resume',
    operation: 'workflow.resume',
    handle({ segment }, { engine }) {
      engine.workflow.resume(segment('workflowId'));
      return emptyAnswer();
    },
  },
  {
    method: 'POST',
    path: '/api/workflow/{workflowId}/retry',
    operation: 'workflow.retry',
    handle({ segment, query }, { engine }) {
      engine.workflow.retry(segment('workflowId'), query.flag('resumeSubworkflowTasks', false));
      return noContentAnswer;
    },
  },
  {
    method: 'POST',
    path: '/api/workflow/{workflowId}/restart',
    operation: 'workflow.restart',
    handle({ segment, query }, { engine }) {
      engine.workflow.restart(segment('workflowId'), query.flag('useLatestDefinitions', false));
      return noContentAnswer;
    },
  },
  {
    method: 'POST',
    path: '/api/workflow/{workflowId}/rerun',
    operation: 'workflow.rerun',
    body: 'object',
    handle: ({ segment, body }, { engine }) => textAnswer(engine.workflow.rerun(segment('workflowId'), body)),
  },
  {
    method: 'POST',
    path: '/api/workflow/{workflowId}/resetcallbacks',
    operation: 'workflow.resetCallbacks',
    handle({ segment }, { engine }) {
      engine.workflow.resetCallbacks(segment('workflowId'));
      return noContentAnswer;
    },
  },
  {
    method: 'PUT',
    path: '/api/workflow/{workflowId}/skiptask/{taskReferenceName}',
    operation: 'workflow.skipTask',
    // The server binds its SkipTaskRequest from the query, so a JSON body is ignored.
    handle({ segment }, { engine }) {
      engine.workflow.skipTask(segment('workflowId'), segment('taskReferenceName'));
      return emptyAnswer();
    },
  },
  {
    method: 'PUT',
    path: '/api/workflow/decide/{workflowId}',
    operation: 'workflow.decide',
    handle({ segment }, { engine }) {
      engine.workflow.decide(segment('workflowId'));
      return emptyAnswer();
    },
  },
];
