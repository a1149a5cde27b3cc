import type { Caller } from '../runtime/caller.ts';
import { healthCheckResource, type HealthCheckResource } from './health-check-resource.ts';
import { metadataResource, type MetadataResource } from './metadata-resource.ts';
import { bindResource, type DeprecationLog } from './resource-table.ts';
import { taskResource, type TaskResource } from './task-resource.ts';
import { tokenResource, type TokenResource } from './token-resource.ts';
import { workflowBulkResource, type WorkflowBulkResource } from './workflow-bulk-resource.ts';
import type { WorkflowResource } from './workflow-resource-methods.ts';
import { workflowResource } from './workflow-resource.ts';

/** The methods of the published SDK, so that call sites move over unchanged: same arguments, same requests. */
export interface ResourceStyle {
  readonly healthCheckResource: HealthCheckResource;
  readonly metadataResource: MetadataResource;
  readonly taskResource: TaskResource;
  readonly tokenResource: TokenResource;
  readonly workflowBulkResource: WorkflowBulkResource;
  readonly workflowResource: WorkflowResource;
}

export function createResourceStyle(caller: Caller, log: DeprecationLog): ResourceStyle {
  return {
    healthCheckResource: bindResource('healthCheckResource', healthCheckResource, caller, log),
    metadataResource: bindResource('metadataResource', metadataResource, caller, log),
    taskResource: bindResource('taskResource', taskResource, caller, log),
    tokenResource: bindResource('tokenResource', tokenResource, caller, log),
    workflowBulkResource: bindResource('workflowBulkResource', workflowBulkResource, caller, log),
    workflowResource: bindResource('workflowResource', workflowResource, caller, log),
  };
}
