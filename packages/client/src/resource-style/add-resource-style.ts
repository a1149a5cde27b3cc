import { addLazyMembers } from '../add-lazy-members.ts';
import type { Caller } from '../runtime/caller.ts';
import { eventResource, type EventResource } from './event-resource.ts';
import { healthCheckResource, type HealthCheckResource } from './health-check-resource.ts';
import { humanTaskResource, type HumanTaskResource } from './human-task-resource.ts';
import { humanTask, type HumanTask } from './human-task.ts';
import { metadataResource, type MetadataResource } from './metadata-resource.ts';
import { bindResource, type DeprecationLog, type ResourceTable } from './resource-table.ts';
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

/** A table that nobody looks at costs nothing but its text. */
const RESOURCES: { readonly [Name in keyof ResourceStyle]: ResourceTable<ResourceStyle[Name]> } = {
  eventResource,
  healthCheckResource,
  humanTask,
  humanTaskResource,
  metadataResource,
  schedulerResource,
  serviceRegistryResource,
  taskResource,
  tokenResource,
  workflowBulkResource,
  workflowResource,
};

/** Adds the old methods to a client. */
export function addResourceStyle<Client extends object>(
  client: Client,
  caller: Caller,
  log: DeprecationLog,
): Client & ResourceStyle {
  const make = (name: keyof ResourceStyle): unknown => bindResource<unknown>(name, RESOURCES[name], caller, log);
  return addLazyMembers<Client, ResourceStyle>(client, Object.keys(RESOURCES) as (keyof ResourceStyle)[], make);
}
