import type { ConductorClient } from '@conductor-ts/client';

/** The names of one run: its executions are found by them, whatever else the server holds. */
export interface RunNames {
  readonly workflow: string;
  readonly tasks: readonly [string, string];
}

export function runNames(runId: string): RunNames {
  return { workflow: `load_${runId}`, tasks: [`load_${runId}_first`, `load_${runId}_second`] };
}

/** Registers a workflow of two SIMPLE tasks. Safe to repeat. */
export async function registerDefinitions(client: ConductorClient, { workflow, tasks }: RunNames): Promise<void> {
  const owner = { ownerEmail: 'load@example.com' };
  await client.metadata.registerTaskDefs({
    body: tasks.map((name) => ({
      ...owner,
      name,
      // A task whose poll was answered to nobody comes back after the response timeout, as a retry.
      responseTimeoutSeconds: 10,
      timeoutSeconds: 0,
      retryCount: 10,
      retryLogic: 'FIXED',
      retryDelaySeconds: 0,
    })),
  });
  await client.metadata.updateWorkflowDefs({
    body: [
      {
        ...owner,
        name: workflow,
        version: 1,
        schemaVersion: 2,
        timeoutSeconds: 0,
        timeoutPolicy: 'ALERT_ONLY',
        tasks: tasks.map((name) => ({ name, taskReferenceName: name, type: 'SIMPLE' })),
      },
    ],
  });
}
