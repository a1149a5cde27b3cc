import { addLazyMembers } from '../add-lazy-members.ts';
import { bindGroup } from '../bind-group.ts';
import { groupNames } from '../runtime/operation-table.ts';
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

const BY_GROUP: Readonly<Record<string, Readonly<Record<string, Composed>>>> = COMPOSED;

/** Adds the groups to a client: in each its operations, and beside them what is made of several. */
export function addGroups<Client extends FamilyCaller>(client: Client): Client & ClientGroups {
  return addLazyMembers<Client, ClientGroups>(client, groupNames() as (keyof ClientGroups)[], (group) => ({
    ...bindGroup(client, group),
    ...bindComposed(client, BY_GROUP[group] ?? {}),
  }));
}

function bindComposed(client: FamilyCaller, methods: Readonly<Record<string, Composed>>): object {
  const bound = Object.entries(methods).map(([name, method]) => [
    name,
    (params: never, options: never) => method(client, params, options),
  ]);
  return Object.fromEntries(bound) as object;
}
