import {
  humanClaimForExternalUserOperation,
  humanClaimOperation,
  humanDeleteManyOperation,
  humanDeleteOperation,
  humanGetOperation,
  humanReassignOperation,
  humanReleaseOperation,
  humanSearchOperation,
  humanSkipOperation,
  humanUpdateByRefOperation,
  humanUpdateOperation,
  userFormDeleteOperation,
  userFormDeleteVersionOperation,
  userFormGetOperation,
  userFormListOperation,
  userFormSaveAllOperation,
  userFormSaveOperation,
} from '../generated/operations.gen.ts';
import type {
  HumanTaskAssignment,
  HumanTaskEntry,
  HumanTaskSearch,
  HumanTaskSearchResult,
  HumanTaskTemplate,
} from '../generated/types.gen.ts';
import type { ResourceTable } from './resource-table.ts';

type Output = Readonly<Record<string, unknown>>;

/** Tasks for people and their forms, in the style of the published SDK. */
export interface HumanTask {
  /** @deprecated Use `client.human.deleteMany`. */
  deleteTaskFromHumanTaskRecords(requestBody: string[]): Promise<void>;
  /** @deprecated Use `client.human.delete`. */
  deleteTaskFromHumanTaskRecords1(taskId: string): Promise<void>;
  /** @deprecated Use `client.human.search`. */
  search(requestBody: HumanTaskSearch): Promise<HumanTaskSearchResult>;
  /** @deprecated Use `client.human.updateByRef`. */
  updateTaskOutputByRef(
    workflowId: string,
    taskRefName: string,
    requestBody: Output,
    complete?: boolean,
    iteration?: number[],
  ): Promise<void>;
  /** @deprecated Use `client.human.get`. */
  getTask1(taskId: string): Promise<HumanTaskEntry>;
  /** @deprecated Use `client.human.claim`. */
  claimTask(taskId: string, overrideAssignment?: boolean, withTemplate?: boolean): Promise<HumanTaskEntry>;
  /** @deprecated Use `client.human.claimForExternalUser`. */
  assignAndClaim(
    taskId: string,
    userId: string,
    overrideAssignment?: boolean,
    withTemplate?: boolean,
  ): Promise<HumanTaskEntry>;
  /** @deprecated Use `client.human.reassign`. */
  reassignTask(taskId: string, requestBody: HumanTaskAssignment[]): Promise<void>;
  /** @deprecated Use `client.human.release`. */
  releaseTask(taskId: string): Promise<void>;
  /** @deprecated Use `client.human.skip`. */
  skipTask(taskId: string, reason?: string): Promise<void>;
  /** @deprecated Use `client.human.update`. */
  updateTaskOutput(taskId: string, requestBody: Output, complete?: boolean): Promise<void>;
  /** @deprecated Use `client.userForm.list`. */
  getAllTemplates(name?: string, version?: number): Promise<HumanTaskTemplate[]>;
  /** @deprecated Use `client.userForm.save`. */
  saveTemplate(requestBody: HumanTaskTemplate, newVersion?: boolean): Promise<HumanTaskTemplate>;
  /** @deprecated Use `client.userForm.saveAll`. */
  saveTemplates(requestBody: HumanTaskTemplate[], newVersion?: boolean): Promise<HumanTaskTemplate[]>;
  /** @deprecated Use `client.userForm.delete`. */
  deleteTemplateByName(name: string): Promise<void>;
  /** @deprecated Use `client.userForm.deleteVersion`. */
  deleteTemplatesByNameAndVersion(name: string, version: number): Promise<void>;
  /** @deprecated Use `client.userForm.get`. */
  getTemplateByNameAndVersion(name: string, version: number): Promise<HumanTaskTemplate>;
}

export const humanTask: ResourceTable<HumanTask> = {
  deleteTaskFromHumanTaskRecords: { operation: humanDeleteManyOperation, takes: ['body'], now: 'human.deleteMany' },
  deleteTaskFromHumanTaskRecords1: { operation: humanDeleteOperation, takes: ['taskId'], now: 'human.delete' },
  search: { operation: humanSearchOperation, takes: ['body'], now: 'human.search' },
  updateTaskOutputByRef: {
    operation: humanUpdateByRefOperation,
    takes: ['workflowId', 'taskRefName', 'body', ['complete', false], 'iteration'],
    now: 'human.updateByRef',
  },
  getTask1: { operation: humanGetOperation, takes: ['taskId'], now: 'human.get' },
  claimTask: {
    operation: humanClaimOperation,
    takes: ['taskId', ['overrideAssignment', false], ['withTemplate', false]],
    now: 'human.claim',
  },
  assignAndClaim: {
    operation: humanClaimForExternalUserOperation,
    takes: ['taskId', 'userId', ['overrideAssignment', false], ['withTemplate', false]],
    now: 'human.claimForExternalUser',
  },
  reassignTask: { operation: humanReassignOperation, takes: ['taskId', 'body'], now: 'human.reassign' },
  releaseTask: { operation: humanReleaseOperation, takes: ['taskId'], now: 'human.release' },
  skipTask: { operation: humanSkipOperation, takes: ['taskId', 'reason'], now: 'human.skip' },
  updateTaskOutput: {
    operation: humanUpdateOperation,
    takes: ['taskId', 'body', ['complete', false]],
    now: 'human.update',
  },
  getAllTemplates: { operation: userFormListOperation, takes: ['name', 'version'], now: 'userForm.list' },
  saveTemplate: { operation: userFormSaveOperation, takes: ['body', ['newVersion', false]], now: 'userForm.save' },
  saveTemplates: {
    operation: userFormSaveAllOperation,
    takes: ['body', ['newVersion', false]],
    now: 'userForm.saveAll',
  },
  deleteTemplateByName: { operation: userFormDeleteOperation, takes: ['name'], now: 'userForm.delete' },
  deleteTemplatesByNameAndVersion: {
    operation: userFormDeleteVersionOperation,
    takes: ['name', 'version'],
    now: 'userForm.deleteVersion',
  },
  getTemplateByNameAndVersion: { operation: userFormGetOperation, takes: ['name', 'version'], now: 'userForm.get' },
};
