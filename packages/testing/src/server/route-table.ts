import { requestRules } from '../generated/request-rules.gen.ts';
import type { RequestRule } from '../responder/request-rule.ts';
import { hasOperation, responderRoutes } from '../responder/responder-routes.ts';
import type { Route, ServerMode } from './route.ts';
import { adminRoutes } from './routes/admin-routes.ts';
import { bulkRoutes } from './routes/bulk-routes.ts';
import { eventRoutes } from './routes/event-routes.ts';
import { metadataRoutes } from './routes/metadata-routes.ts';
import { orkesRoutes } from './routes/orkes-routes.ts';
import { queueRoutes } from './routes/queue-routes.ts';
import { schedulerRoutes } from './routes/scheduler-routes.ts';
import { secretRoutes } from './routes/secret-routes.ts';
import { taskByReferenceRoutes } from './routes/task-by-reference-routes.ts';
import { taskRoutes } from './routes/task-routes.ts';
import { workflowRoutes } from './routes/workflow-routes.ts';
import { workflowSearchRoutes } from './routes/workflow-search-routes.ts';

const everyRoute: readonly Route[] = [
  ...metadataRoutes,
  ...workflowRoutes,
  ...workflowSearchRoutes,
  ...bulkRoutes,
  ...taskRoutes,
  ...taskByReferenceRoutes,
  ...queueRoutes,
  ...adminRoutes,
  ...schedulerRoutes,
  ...eventRoutes,
  ...secretRoutes,
  ...orkesRoutes,
];

/** Which operations are only checked and answered with the least that fits: those that are not run here, all of them, none. */
export type Responder = 'rest' | 'all' | 'none';

/** What the open-source server has, but answers with 404 unless it is configured. */
const SWITCHED_OFF: ReadonlySet<string> = new Set(['workflow.pushMessage']);

/** The names by which fault rules, counts and `received` know requests: those of the client's methods. */
export const operationNames: ReadonlySet<string> = new Set(
  [...everyRoute, ...requestRules].map((one) => one.operation),
);

/** The routes that a server of this mode has. */
export function routeTable(mode: ServerMode, responder: Responder): readonly Route[] {
  const run = everyRoute.filter((route) => route.mode === undefined || route.mode === mode);
  if (responder === 'none') return run;
  // Tokens stay real: a client asks for one before anything else.
  const kept = responder === 'all' ? run.filter(({ open }) => open === true) : run;
  const taken = new Set(kept.map(key));
  const isThere = (rule: RequestRule): boolean =>
    responder === 'all' || (hasOperation(mode, rule) && !(mode === 'oss' && SWITCHED_OFF.has(rule.operation)));
  const lacking = responderRoutes((rule) => !taken.has(key(rule)) && isThere(rule));
  return [...kept, ...lacking];
}

const key = ({ method, path }: Pick<Route, 'method' | 'path'>): string => `${method} ${path}`;
