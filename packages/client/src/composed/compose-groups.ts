import type { Groups } from '../generated/groups.gen.ts';
import type { ClientGroups } from './composed-groups.ts';
import { type FamilyCaller, schedulerPause, schedulerResume } from './scheduler-verbs.ts';
import {
  adminGetAllTasks,
  agentSearchAllExecutionsRaw,
  humanSearchAll,
  schedulerSearchAll,
  schedulerSearchAllExecutions,
  taskSearchAll,
  taskSearchAllV2,
  workflowGetAllTasks,
  workflowSearchAll,
  workflowSearchAllByTasks,
  workflowSearchAllByTasksV2,
  workflowSearchAllV2,
} from './search-all.ts';
import { taskUpdateWithRetry } from './task-update-with-retry.ts';
import { workflowStartAndWait } from './workflow-start-and-wait.ts';
import { workflowWaitFor } from './workflow-wait-for.ts';

/** What the groups have beyond their operations: each is a function that can be imported alone, too. */
const COMPOSED = {
  workflow: {
    startAndWait: workflowStartAndWait,
    waitFor: workflowWaitFor,
    searchAll: workflowSearchAll,
    searchAllV2: workflowSearchAllV2,
    searchAllByTasks: workflowSearchAllByTasks,
    searchAllByTasksV2: workflowSearchAllByTasksV2,
    getAllTasks: workflowGetAllTasks,
  },
  task: { updateWithRetry: taskUpdateWithRetry, searchAll: taskSearchAll, searchAllV2: taskSearchAllV2 },
  scheduler: {
    pause: schedulerPause,
    resume: schedulerResume,
    searchAll: schedulerSearchAll,
    searchAllExecutions: schedulerSearchAllExecutions,
  },
  human: { searchAll: humanSearchAll },
  agent: { searchAllExecutionsRaw: agentSearchAllExecutionsRaw },
  admin: { getAllTasks: adminGetAllTasks },
} as const;

type Composed = (client: FamilyCaller, params: never, options: never) => unknown;

/** Binds the composed methods to a client and puts them beside the operations of their group. */
export function composeGroups(client: FamilyCaller, groups: Groups): ClientGroups {
  const all: Record<string, object> = { ...groups };
  for (const [group, methods] of Object.entries<Readonly<Record<string, Composed>>>(COMPOSED)) {
    const bound = Object.entries(methods).map(([name, method]) => [
      name,
      (params: never, options: never) => method(client, params, options),
    ]);
    all[group] = { ...all[group], ...Object.fromEntries(bound) };
  }
  return all as unknown as ClientGroups;
}
