import { internal } from '../../engine/server-error.ts';
import type { EventHandler } from '../../events/event-handler.ts';
import { emptyAnswer, jsonAnswer, textAnswer } from '../answer.ts';
import type { Route } from '../route.ts';

/** The version of the server whose answers this one repeats. */
export const SERVER_VERSION = '3.32.3';

const healthy = { healthResults: [], suppressedHealthResults: [], healthy: true };

/** What events of the server's own queues begin with. */
const SINK = 'conductor:';

/** What the web interface loads to learn which of its parts the server can fill. */
const CONTEXT = `window.conductor = window.conductor || {};
window.conductor.CONDUCTOR_INTEGRATIONS_AI_ENABLED = true;
`;

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
    handle: ({ query }, { eventHandlers }) =>
      jsonAnswer(eventQueues(eventHandlers.list(), query.flag('verbose', false))),
  },
  {
    method: 'GET',
    path: '/api/providers/status',
    operation: 'provider.getStatus',
    mode: 'oss',
    handle: () => jsonAnswer({ providers: [], managedByHost: false }),
  },
  {
    method: 'POST',
    path: '/api/a2a/callback/{taskId}',
    operation: 'a2a.notify',
    mode: 'oss',
    // No task waits for a remote agent here.
    handle: () => emptyAnswer(404),
  },
  {
    method: 'GET',
    path: '/api/admin/task/{tasktype}',
    operation: 'admin.getTasks',
    handle({ segment, query }, { engine }) {
      const start = query.integer('start') ?? 0;
      const count = query.integer('count') ?? 100;
      return jsonAnswer(engine.task.open(segment('tasktype')).slice(start, start + count));
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
    // It puts the id into the queue of the sweeper unless it is there, as those of running executions are; which ids there are nobody asks.
    handle({ segment }, { engine }) {
      const id = segment('workflowId');
      return textAnswer(`${!engine.workflow.isRunning(id)}.${id}`);
    },
  },
];

/** The queues that active handlers listen to, each with its name, or with the messages in it: none stays in one here. */
function eventQueues(handlers: readonly EventHandler[], isVerbose: boolean): Record<string, unknown> {
  const events = handlers.filter(({ active, event }) => active && event.startsWith(SINK)).map(({ event }) => event);
  return Object.fromEntries(
    events.map((event) => {
      const queue = event.slice(SINK.length);
      return [event, isVerbose ? { [queue]: 0 } : queue];
    }),
  );
}

function health(path: string, operation: string): Route {
  return { method: 'GET', path, operation, open: true, handle: () => jsonAnswer(healthy) };
}
