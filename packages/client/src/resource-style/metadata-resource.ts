import type { ExtendedTaskDef, ExtendedWorkflowDef, TaskDef, WorkflowDef } from '../generated/types.gen.ts';
import type { ResourceTable } from './resource-table.ts';

/** Definitions, in the style of the published SDK. */
export interface MetadataResource {
  /** @deprecated Use `client.metadata.getTaskDef`. */
  getTaskDef(tasktype: string, metadata?: boolean): Promise<TaskDef>;
  /** @deprecated Use `client.metadata.unregisterTaskDef`. */
  unregisterTaskDef(tasktype: string): Promise<void>;
  /** @deprecated Use `client.metadata.getWorkflowDefs`. */
  getAllWorkflows(access?: string, metadata?: boolean, tagKey?: string, tagValue?: string): Promise<WorkflowDef[]>;
  /** @deprecated Use `client.metadata.updateWorkflowDefs`. */
  update(requestBody: ExtendedWorkflowDef[], overwrite?: boolean): Promise<void>;
  /** @deprecated Use `client.metadata.registerWorkflowDef`. */
  create(requestBody: ExtendedWorkflowDef, overwrite?: boolean): Promise<void>;
  /** @deprecated Use `client.metadata.getTaskDefs`. */
  getTaskDefs(access?: string, metadata?: boolean, tagKey?: string, tagValue?: string): Promise<TaskDef[]>;
  /** @deprecated Use `client.metadata.updateTaskDef`. */
  updateTaskDef(requestBody: ExtendedTaskDef): Promise<void>;
  /** @deprecated Use `client.metadata.registerTaskDefs`. */
  registerTaskDef(requestBody: ExtendedTaskDef[]): Promise<void>;
  /** @deprecated Use `client.metadata.unregisterWorkflowDef`. */
  unregisterWorkflowDef(name: string, version: number): Promise<void>;
  /** @deprecated Use `client.metadata.getWorkflowDef`. */
  get(name: string, version?: number, metadata?: boolean): Promise<WorkflowDef>;
}

export const metadataResource: ResourceTable<MetadataResource> = {
  getTaskDef: 'metadata.getTaskDef metadata=false',
  unregisterTaskDef: 'metadata.unregisterTaskDef',
  getAllWorkflows: 'metadata.getWorkflowDefs access="READ" metadata=false tagKey tagValue',
  update: 'metadata.updateWorkflowDefs body overwrite=true',
  create: 'metadata.registerWorkflowDef body overwrite=false',
  getTaskDefs: 'metadata.getTaskDefs access="READ" metadata=false',
  updateTaskDef: 'metadata.updateTaskDef',
  registerTaskDef: 'metadata.registerTaskDefs',
  unregisterWorkflowDef: 'metadata.unregisterWorkflowDef',
  get: 'metadata.getWorkflowDef metadata=false',
};
