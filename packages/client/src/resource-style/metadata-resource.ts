import {
  metadataGetTaskDefOperation,
  metadataGetTaskDefsOperation,
  metadataGetWorkflowDefOperation,
  metadataGetWorkflowDefsOperation,
  metadataRegisterTaskDefsOperation,
  metadataRegisterWorkflowDefOperation,
  metadataUnregisterTaskDefOperation,
  metadataUnregisterWorkflowDefOperation,
  metadataUpdateTaskDefOperation,
  metadataUpdateWorkflowDefsOperation,
} from '../generated/operations.gen.ts';
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

const LIST = [['access', 'READ'], ['metadata', false], 'tagKey', 'tagValue'] as const;

export const metadataResource: ResourceTable<MetadataResource> = {
  getTaskDef: {
    operation: metadataGetTaskDefOperation,
    takes: ['tasktype', ['metadata', false]],
    now: 'metadata.getTaskDef',
  },
  unregisterTaskDef: {
    operation: metadataUnregisterTaskDefOperation,
    takes: ['tasktype'],
    now: 'metadata.unregisterTaskDef',
  },
  getAllWorkflows: { operation: metadataGetWorkflowDefsOperation, takes: LIST, now: 'metadata.getWorkflowDefs' },
  update: {
    operation: metadataUpdateWorkflowDefsOperation,
    takes: ['body', ['overwrite', true]],
    now: 'metadata.updateWorkflowDefs',
  },
  create: {
    operation: metadataRegisterWorkflowDefOperation,
    takes: ['body', ['overwrite', false]],
    now: 'metadata.registerWorkflowDef',
  },
  getTaskDefs: { operation: metadataGetTaskDefsOperation, takes: LIST, now: 'metadata.getTaskDefs' },
  updateTaskDef: { operation: metadataUpdateTaskDefOperation, takes: ['body'], now: 'metadata.updateTaskDef' },
  registerTaskDef: { operation: metadataRegisterTaskDefsOperation, takes: ['body'], now: 'metadata.registerTaskDefs' },
  unregisterWorkflowDef: {
    operation: metadataUnregisterWorkflowDefOperation,
    takes: ['name', 'version'],
    now: 'metadata.unregisterWorkflowDef',
  },
  get: {
    operation: metadataGetWorkflowDefOperation,
    takes: ['name', 'version', ['metadata', false]],
    now: 'metadata.getWorkflowDef',
  },
};
