import type { Clock } from '../clock.ts';
import type { MetadataApi, WorkflowDefSummary } from './engine-api.ts';
import { readList } from './field-readers.ts';
import { completeTaskDef, completeWorkflowDef } from './metadata-defaults.ts';
import { conflict, internal, notFound, validationFailed, type ValidationProblem } from './server-error.ts';
import type { TaskDef, WorkflowDef } from './definition-types.ts';
import { taskDefProblems } from './task-def-problems.ts';
import type { BulkResponse } from './types.ts';
import { workflowDefProblems } from './workflow-def-problems.ts';

/** The server stamps task definitions with the application that a request names, and there is none here. */
const NOBODY = '';

/** Task and workflow definitions. A stored definition is never changed, only replaced, so it can be shared by all executions. */
export class MetadataStore implements MetadataApi {
  readonly #clock: Clock;
  readonly #taskDefs = new Map<string, TaskDef>();
  readonly #workflowDefs = new Map<string, Map<number, WorkflowDef>>();
  /** Grows with every change: what was prepared from older definitions is out of date. */
  revision = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  registerTaskDefs(defs: unknown): void {
    const list = readList(defs, 'java.util.ArrayList<com.netflix.conductor.common.metadata.tasks.TaskDef>');
    if (list.length === 0) refuse([{ path: 'registerTaskDef.arg0', message: 'TaskDefList is empty' }]);
    const complete = list.map((def) => completeTaskDef(def));
    refuse(complete.flatMap((def, index) => taskDefProblems(def, `registerTaskDef.arg0[${index}]`)));
    const stamps = { createdBy: NOBODY, createTime: this.#clock.now(), updatedBy: undefined, updateTime: 0 };
    for (const def of complete) this.#storeTaskDef({ ...def, ...stamps });
  }

  updateTaskDef(def: unknown): void {
    const complete = completeTaskDef(def);
    refuse(taskDefProblems(complete, 'updateTaskDef.arg0'));
    const known = this.#taskDefs.get(complete.name);
    if (!known) throw notFound(`No such task by name ${complete.name}`);
    const { createdBy, createTime } = known;
    this.#storeTaskDef({ ...complete, createdBy, createTime, updatedBy: NOBODY, updateTime: this.#clock.now() });
  }

  getTaskDef(name: string): TaskDef {
    const def = this.#taskDefs.get(name);
    if (!def) throw notFound(`No such taskType found by name: ${name}`);
    return def;
  }

  findTaskDef(name: string): TaskDef | undefined {
    return this.#taskDefs.get(name);
  }

  getTaskDefs(): TaskDef[] {
    return [...this.#taskDefs.values()];
  }

  unregisterTaskDef(name: string): void {
    if (!this.#taskDefs.delete(name)) throw internal('No such task definition');
    this.revision += 1;
  }

  createWorkflowDef(def: unknown, options: { overwrite?: boolean | undefined } = {}): void {
    const complete = this.#checkedWorkflowDef(def, 'registerWorkflowDef.arg0');
    if (!this.#workflowDefs.get(complete.name)?.has(complete.version)) {
      this.#storeWorkflowDef({ ...complete, createTime: this.#clock.now() });
    } else if (options.overwrite) {
      this.#storeWorkflowDef({ ...complete, updateTime: this.#clock.now() });
    } else throw conflict(`Workflow with ${complete.name}.${complete.version} already exists!`);
  }

  updateWorkflowDefs(defs: unknown): BulkResponse {
    const list = readList(defs, 'java.util.ArrayList<com.netflix.conductor.common.metadata.workflow.WorkflowDef>');
    if (list.length === 0) refuse([{ path: 'updateWorkflowDef.arg0', message: 'WorkflowDefList is empty' }]);
    const complete = list.map((def) => completeWorkflowDef(def));
    refuse(complete.flatMap((def, index) => this.#problemsOf(def, `updateWorkflowDef.arg0[${index}]`)));
    for (const def of complete) this.#storeWorkflowDef({ ...def, updateTime: this.#clock.now() });
    return { bulkErrorResults: {}, bulkSuccessfulResults: complete.map((def) => def.name) };
  }

  validateWorkflowDef(def: unknown): void {
    this.#checkedWorkflowDef(def, 'validateWorkflowDef.arg0');
  }

  getWorkflowDef(name: string, version?: number): WorkflowDef {
    const def = this.findWorkflowDef(name, version);
    if (!def) throw notFound(`No such workflow found by name: ${name}, version: ${version ?? null}`);
    return def;
  }

  /** The given version, else the latest one. */
  findWorkflowDef(name: string, version?: number): WorkflowDef | undefined {
    const versions = this.#workflowDefs.get(name);
    if (!versions) return undefined;
    return versions.get(version ?? Math.max(...versions.keys()));
  }

  getWorkflowDefs(): WorkflowDef[] {
    return [...this.#workflowDefs.keys()].flatMap((name) => this.#versionsOf(name));
  }

  getLatestVersions(): WorkflowDef[] {
    return [...this.#workflowDefs.keys()].flatMap((name) => this.#versionsOf(name).slice(-1));
  }

  getNames(): string[] {
    return [...this.#workflowDefs.keys()].sort();
  }

  getNamesAndVersions(): Record<string, WorkflowDefSummary[]> {
    return Object.fromEntries(
      this.getNames().map((name) => [
        name,
        this.#versionsOf(name).map(({ version, createTime, updateTime }) => ({
          name,
          version,
          createTime,
          updateTime,
        })),
      ]),
    );
  }

  getVersions(name: string): WorkflowDefSummary[] {
    return this.#versionsOf(name).map(({ version, createTime }) => ({ name, version, createTime }));
  }

  unregisterWorkflowDef(name: string, version: number): void {
    const versions = this.#workflowDefs.get(name);
    if (!versions?.delete(version)) throw internal(`No such workflow definition: ${name} version: ${version}`);
    this.revision += 1;
    if (versions.size === 0) this.#workflowDefs.delete(name);
  }

  #versionsOf(name: string): WorkflowDef[] {
    const versions = this.#workflowDefs.get(name) ?? new Map<number, WorkflowDef>();
    return [...versions.values()].sort((a, b) => a.version - b.version);
  }

  #checkedWorkflowDef(def: unknown, path: string): WorkflowDef {
    const complete = completeWorkflowDef(def);
    refuse(this.#problemsOf(complete, path));
    return complete;
  }

  #problemsOf(def: WorkflowDef, path: string): ValidationProblem[] {
    return workflowDefProblems(def, path, (name) => this.findTaskDef(name));
  }

  #storeTaskDef(def: TaskDef): void {
    this.#taskDefs.set(def.name, def);
    this.revision += 1;
  }

  /** A time that neither the request nor the server has set is 0: of a version that came by an update, its creation. */
  #storeWorkflowDef(def: WorkflowDef): void {
    const versions = this.#workflowDefs.get(def.name) ?? new Map<number, WorkflowDef>();
    this.#workflowDefs.set(def.name, versions);
    this.revision += 1;
    versions.set(def.version, { ...def, createTime: def.createTime ?? 0, updateTime: def.updateTime ?? 0 });
  }
}

function refuse(problems: readonly ValidationProblem[]): void {
  if (problems.length > 0) throw validationFailed(problems);
}
