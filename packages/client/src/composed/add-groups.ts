import { addLazyMembers } from '../add-lazy-members.ts';
import { bindGroup } from '../bind-group.ts';
import type { Operation } from '../runtime/operation.ts';
import { groupNames, operationsOf } from '../runtime/operation-table.ts';
import type { ClientGroups } from './composed-groups.ts';
import { type FamilyCaller, onEither } from './scheduler-verbs.ts';
import { allHits, allHitsName } from './search-all.ts';
import { pollReady } from './task-poll-ready.ts';
import { updateWithRetry } from './task-update-with-retry.ts';
import { startAndWait } from './workflow-start-and-wait.ts';
import { waitFor } from './workflow-wait-for.ts';

type Composed = (client: FamilyCaller, params: never, options: never) => unknown;

/**
 * What groups have beyond their operations and `searchAll`, by the names of its operations: each is a function that can be
 * imported alone, too. The operations come from the table here, so that a bundle has none of them twice.
 */
const COMPOSED: Readonly<
  Record<string, Readonly<Record<string, readonly [make: (...from: Operation[]) => Composed, ...from: string[]]>>>
> = {
  workflow: { startAndWait: [startAndWait, 'start', 'get'], waitFor: [waitFor, 'get'] },
  task: { pollReady: [pollReady, 'pollBatch'], updateWithRetry: [updateWithRetry, 'update'] },
  scheduler: { pause: [onEither, 'pauseByPut', 'pauseByGet'], resume: [onEither, 'resumeByPut', 'resumeByGet'] },
};

/** Adds the groups to a client: in each its operations, and beside them what is made of several. */
export function addGroups<Client extends FamilyCaller>(client: Client): Client & ClientGroups {
  return addLazyMembers<Client, ClientGroups>(client, groupNames() as (keyof ClientGroups)[], (group) => {
    const methods = bindGroup(client, group);
    const add = (name: string, call: Composed): void => {
      methods[name] = (params: never, options: never) => call(client, params, options);
    };
    for (const operation of operationsOf(group)) {
      const name = allHitsName(operation);
      if (name !== undefined) add(name, allHits(operation) as Composed);
    }
    for (const [name, [make, ...from]] of Object.entries(COMPOSED[group] ?? {})) {
      const named = (method: string): Operation[] =>
        operationsOf(group).filter((one) => one.name === `${group}.${method}`);
      add(name, make(...from.flatMap(named)));
    }
    return methods;
  });
}
