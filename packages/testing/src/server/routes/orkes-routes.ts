import { jsonAnswer, textAnswer } from '../answer.ts';
import { parseInteger } from '../query-parameters.ts';
import type { Route, RouteContext, RouteRequest } from '../route.ts';
import { DEFAULT_WAIT_SECONDS } from './signal-response.ts';
import { startByName } from './start-request.ts';

/** What only Orkes Conductor has. */
export const orkesRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/api/token',
    operation: 'token.create',
    mode: 'orkes',
    body: 'object',
    open: true,
    handle: ({ body }, { tokens }) => tokens.answer(body as Record<string, unknown>),
  },
  {
    method: 'GET',
    path: '/api/token/userInfo',
    operation: 'token.getUserInfo',
    mode: 'orkes',
    handle: (_, { tokens }) =>
      jsonAnswer({ id: `app:${tokens.keyId}`, name: 'test application', roles: [{ name: 'WORKER' }], groups: [] }),
  },
  {
    method: 'POST',
    path: '/api/workflow/start/{name}/{version}',
    operation: 'workflow.startVersion',
    mode: 'orkes',
    body: 'object',
    handle(request, { engine, mode }) {
      const version = parseInteger('version', request.segment('version'));
      return textAnswer(engine.workflow.start(startByName(request, mode, version)));
    },
  },
  {
    method: 'POST',
    path: '/api/workflow/execute/{name}',
    operation: 'workflow.executeByName',
    mode: 'orkes',
    body: 'object',
    handle: executeAsApi,
  },
  {
    method: 'GET',
    path: '/api/workflow/execute/{name}',
    operation: 'workflow.executeByGet',
    mode: 'orkes',
    handle: (request, server) => executeAsApi({ ...request, body: {} }, server),
  },
];

/** The options travel in headers, and the answer is the workflow's output alone. */
async function executeAsApi(request: RouteRequest, server: RouteContext): Promise<ReturnType<typeof jsonAnswer>> {
  const { headers } = request;
  const seconds = headers['waitforseconds'];
  const workflowId = server.engine.workflow.start(startByName(request, server.mode));
  const workflow = await server.engine.workflow.waitFor(workflowId, {
    untilTaskRef: headers['waituntiltaskref'],
    timeoutMs: (seconds === undefined ? DEFAULT_WAIT_SECONDS : parseInteger('waitForSeconds', seconds)) * 1_000,
    signal: server.closing,
  });
  return jsonAnswer(workflow.output);
}
