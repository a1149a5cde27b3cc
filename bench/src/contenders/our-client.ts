import { createConductorClient, workflowGet, workflowStart } from '@conductor-ts/client';
import type { ConductorClient } from '@conductor-ts/client';
import { idOf, START_REQUEST } from '../payloads.ts';
import type { Contender } from './contender.ts';

let client: Promise<ConductorClient> | undefined;

/** The whole pipeline as a user gets it: token, retries, time limits, logging at the default level. One for all the ways to call it. */
function create(url: string): Promise<ConductorClient> {
  client ??= createConductorClient({ serverUrl: url, keyId: 'key', keySecret: 'secret', useEnvVars: false });
  return client;
}

/** `client.workflow.get(…)` */
export async function ourGroups(url: string): Promise<Contender> {
  const { workflow } = await create(url);
  return {
    call(kind) {
      if (kind === 'post') return workflow.start({ body: START_REQUEST });
      return workflow.get({ workflowId: idOf(kind), includeTasks: kind === 'large' });
    },
  };
}

/** `workflowGet(client, …)` */
export async function ourFunctions(url: string): Promise<Contender> {
  const caller = await create(url);
  return {
    call(kind) {
      if (kind === 'post') return workflowStart(caller, { body: START_REQUEST });
      return workflowGet(caller, { workflowId: idOf(kind), includeTasks: kind === 'large' });
    },
  };
}

/** `client.workflowResource.getExecutionStatus(…)`, as in the published SDK. */
export async function ourResourceStyle(url: string): Promise<Contender> {
  const { workflowResource } = await create(url);
  return {
    call(kind) {
      if (kind === 'post') return workflowResource.startWorkflow(START_REQUEST);
      return workflowResource.getExecutionStatus(idOf(kind), kind === 'large');
    },
  };
}
