import type { Caller } from '../runtime/caller.ts';
import { eventResource, type EventResource } from './event-resource.ts';
import { healthCheckResource, type HealthCheckResource } from './health-check-resource.ts';
import { humanTaskResource, type HumanTaskResource } from './human-task-resource.ts';
import { humanTask, type HumanTask } from './human-task.ts';
import { metadataResource, type MetadataResource } from './metadata-resource.ts';
import { bindResource, type DeprecationLog } from './resource-table.ts';
import { schedulerResource, type SchedulerResource } from './scheduler-resource.ts';
import { serviceRegistryResource, type ServiceRegistryResource } from './service-registry-resource.ts';
import { taskResource, type TaskResource } from './task-resource.ts';
import { tokenResource, type TokenResource } from './token-resource.ts';
import { workflowBulkResource, type WorkflowBulkResource } from './workflow-bulk-resource.ts';
import type { WorkflowResource } from './workflow-resource-methods.ts';
import { workflowResource } from './workflow-resource.ts';

/** The methods of the published SDK, so that call sites move over unchanged: same arguments, same requests. */
export interface ResourceStyle {
  readonly eventResource: EventResource;
  readonly healthCheckResource: HealthCheckResource;
  readonly humanTask: HumanTask;
  readonly humanTaskResource: HumanTaskResource;
  readonly metadataResource: MetadataResource;
  readonly schedulerResource: SchedulerResource;
  readonly serviceRegistryResource: ServiceRegistryResource;
  readonly taskResource: TaskResource;
  readonly tokenResource: TokenResource;
  readonly workflowBulkResource: WorkflowBulkResource;
  readonly workflowResource: WorkflowResource;
}

export function createResourceStyle(caller: Caller, log: DeprecationLog): ResourceStyle {
  return {
    eventResource: bindResource('eventResource', eventResource, caller, log),
    healthCheckResource: bindResource('healthCheckResource', healthCheckResource, caller, log),
    humanTask: bindResource('humanTask', humanTask, caller, log),
    humanTaskResource: bindResource('humanTaskResource', humanTaskResource, caller, log),
    metadataResource: bindResource('metadataResource', metadataResource, caller, log),
    schedulerResource: bindResource('schedulerResource', schedulerResource, caller, log),
    serviceRegistryResource: bindResource('serviceRegistryResource', serviceRegistryResource, caller, log),
    taskResource: bindResource('taskResource', taskResource, caller, log),
    tokenResource: bindResource('tokenResource', tokenResource, caller, log),
    workflowBulkResource: bindResource('workflowBulkResource', workflowBulkResource, caller, log),
    workflowResource: bindResource('workflowResource', workflowResource, caller, log),
  };
}
