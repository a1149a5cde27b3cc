import { internal } from '../../engine/server-error.ts';
import { jsonAnswer, textAnswer } from '../answer.ts';
import type { Route } from '../route.ts';

/** The version of the server whose answers this one repeats. */
export const SERVER_VERSION = '3.32.3';

const healthy = { healthResults: [], suppressedHealthResults: [], healthy: true };

/** What the web interface loads to learn which of its parts the server can fill. */
const CONTEXT = 'window.conductor = window.conductor || {};\n';

export const adminRoutes: readonly Route[] = [
  health('/health', 'health.check'),
  health('/api/health', 'health.checkUnderApi'),
  {
    method: 'GET',
    path: '/api/version',
    operation: 'version.get',
    open: true,
    handle: () => textAnswer(SERVER_VERSION),
  },
  {
    method: 'GET',
    path: '/context.js',
    operation: 'context.get',
    open: true,
    handle: () => ({ ...textAnswer(CONTEXT), headers: { 'content-type': 'application/javascript;charset=UTF-8' } }),
  },
  {
    method: 'GET',
    path: '/api/admin/config',
    operation: 'admin.getConfig',
    // The real server lists the system properties of its JVM here: an embedded one has no business showing its host's.
    handle: () => jsonAnswer({ 'conductor.server': 'conductor-test-server', version: SERVER_VERSION }),
  },
  {
    method: 'GET',
    path: '/api/admin/queues',
    operation: 'admin.getQueues',
    handle: () => jsonAnswer({}),
  },
  {
    method: 'GET',
    path: '/api/admin/task/{tasktype}',
    operation: 'admin.getTasks',
    handle({ segment, query }, { engine }) {
      const start = query.integer('start') ?? 0;
      const count = query.integer('count') ?? 100;
      const request = { start, size: count, query: `taskType=${segment('tasktype')} AND status=SCHEDULED` };
      return jsonAnswer(engine.task.searchV2(request).results);
    },
  },
  {
    method: 'POST',
    path: '/api/admin/consistency/verifyAndRepair/{workflowId}',
    operation: 'admin.verifyAndRepair',
    handle() {
      throw internal('WorkflowRepairService is disabled.');
    },
  },
  {
    method: 'POST',
    path: '/api/admin/sweep/requeue/{workflowId}',
    operation: 'admin.requeueSweep',
    // It only puts the id into the queue of the sweeper, and here every workflow is where it has to be.
    handle: ({ segment }) => textAnswer(`true.${segment('workflowId')}`),
  },
];

function health(path: string, operation: string): Route {
  return { method: 'GET', path, operation, open: true, handle: () => jsonAnswer(healthy) };
}
