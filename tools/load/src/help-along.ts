import type { ConductorClient } from '@conductor-ts/client';
import type { RunNames } from './definitions.ts';
import type { PatientCalls } from './patient-calls.ts';

/**
 * What an operator does after a crash, once no worker holds a task any more: tasks that were handed to nobody are
 * queued again, and executions are looked at. The server does both by itself, but only a minute or two later.
 */
export async function helpAlong(client: ConductorClient, names: RunNames, patient: PatientCalls): Promise<void> {
  for (const taskType of names.tasks) await patient.repeat(() => client.task.requeue({ taskType }));
  const query = { query: `workflowType='${names.workflow}' AND status='RUNNING'`, size: 5_000 };
  const { results } = await patient.repeat(() => client.workflow.search(query));
  for (const { workflowId } of results) await patient.repeat(() => client.workflow.decide({ workflowId }));
}
