import { ConductorApiError, type ConductorClient } from '@conductor-ts/client';
import { mayPass } from './until-answered.ts';

/** Has the server go on where it failed. Where that fails, or is done already, the next count tells. */
export async function retryExecution(client: ConductorClient, workflowId: string): Promise<void> {
  try {
    await client.workflow.retry({ workflowId });
  } catch (error) {
    // 404: it runs again already.
    if (!mayPass(error) && !(error instanceof ConductorApiError && error.status === 404)) throw error;
  }
}
