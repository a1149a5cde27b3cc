import {
  bulkPauseOperation,
  bulkRestartOperation,
  bulkResumeOperation,
  bulkRetryOperation,
  bulkTerminateOperation,
} from '../generated/operations.gen.ts';
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
  retry: { operation: bulkRetryOperation, takes: ['body'], now: 'bulk.retry' },
  restart: { operation: bulkRestartOperation, takes: ['body', ['useLatestDefinitions', false]], now: 'bulk.restart' },
  terminate: { operation: bulkTerminateOperation, takes: ['body', 'reason'], now: 'bulk.terminate' },
  resumeWorkflow: { operation: bulkResumeOperation, takes: ['body'], now: 'bulk.resume' },
  pauseWorkflow1: { operation: bulkPauseOperation, takes: ['body'], now: 'bulk.pause' },
};
