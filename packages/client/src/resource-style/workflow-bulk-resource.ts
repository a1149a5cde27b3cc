import type { BulkResponse } from '../generated/types.gen.ts';
import type { ResourceTable } from './resource-table.ts';

/** Many workflows at once, in the style of the published SDK. */
export interface WorkflowBulkResource {
  /** @deprecated Use `client.bulk.retry`. */
  retry(requestBody: string[]): Promise<BulkResponse>;
  /** @deprecated Use `client.bulk.restart`. */
  restart(requestBody: string[], useLatestDefinitions?: boolean): Promise<BulkResponse>;
  /** @deprecated Use `client.bulk.terminate`. */
  terminate(requestBody: string[], reason?: string): Promise<BulkResponse>;
  /** @deprecated Use `client.bulk.resume`. */
  resumeWorkflow(requestBody: string[]): Promise<BulkResponse>;
  /** @deprecated Use `client.bulk.pause`. */
  pauseWorkflow1(requestBody: string[]): Promise<BulkResponse>;
}

export const workflowBulkResource: ResourceTable<WorkflowBulkResource> = {
  retry: 'bulk.retry',
  restart: 'bulk.restart useLatestDefinitions=false',
  terminate: 'bulk.terminate body reason',
  resumeWorkflow: 'bulk.resume',
  pauseWorkflow1: 'bulk.pause',
};
