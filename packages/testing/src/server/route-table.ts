import type { Route, ServerMode } from './route.ts';
import { adminRoutes } from './routes/admin-routes.ts';
import { bulkRoutes } from './routes/bulk-routes.ts';
import { metadataRoutes } from './routes/metadata-routes.ts';
import { orkesRoutes } from './routes/orkes-routes.ts';
import { queueRoutes } from './routes/queue-routes.ts';
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
  ...orkesRoutes,
];

/** The names by which fault rules, counts and `received` know requests: those of the client's methods. */
export const operationNames: ReadonlySet<string> = new Set(everyRoute.map(({ operation }) => operation));

/** The routes that a server of this mode has. */
export const routeTable = (mode: ServerMode): readonly Route[] =>
  everyRoute.filter((route) => route.mode === undefined || route.mode === mode);
