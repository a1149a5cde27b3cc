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
  deleteTaskFromHumanTaskRecords: 'human.deleteMany',
  deleteTaskFromHumanTaskRecords1: 'human.delete',
  search: 'human.search',
  updateTaskOutputByRef: 'human.updateByRef workflowId taskRefName body complete=false iteration',
  getTask1: 'human.get taskId',
  claimTask: 'human.claim overrideAssignment=false withTemplate=false',
  assignAndClaim: 'human.claimForExternalUser overrideAssignment=false withTemplate=false',
  reassignTask: 'human.reassign',
  releaseTask: 'human.release',
  skipTask: 'human.skip',
  updateTaskOutput: 'human.update complete=false',
  getAllTemplates: 'userForm.list',
  saveTemplate: 'userForm.save newVersion=false',
  saveTemplates: 'userForm.saveAll newVersion=false',
  deleteTemplateByName: 'userForm.delete',
  deleteTemplatesByNameAndVersion: 'userForm.deleteVersion',
  getTemplateByNameAndVersion: 'userForm.get',
};
