import type { Task, TaskDef, TaskResult, Workflow } from '@conductor-ts/client';
import { client, finish, polled, unique } from './contract.ts';

/** Registers a type of task under a new name, and gives the name; it is not retried unless `more` says so. */
export async function workType(more: Partial<TaskDef> = {}): Promise<string> {
  const name = unique('work');
  await client.metadata.registerTaskDefs({ body: [{ name, retryCount: 0, ownerEmail: 'owner@example.com', ...more }] });
  return name;
}

/** Polls a task of this type and completes it. */
export async function complete(type: string, outputData: Record<string, unknown> = {}): Promise<Task> {
  const task = await polled(type);
  await finish(task, { outputData });
  return task;
}

/** Polls a task of this type and reports that it failed. */
export async function fail(type: string, more: Partial<TaskResult> = {}): Promise<Task> {
  const task = await polled(type);
  await finish(task, { status: 'FAILED', ...more });
  return task;
}

export function execution(workflowId: string): Promise<Workflow> {
  return client.workflow.get({ workflowId });
}

/** Its tasks in their order, each as `a COMPLETED`. */
export function outline({ tasks }: Workflow): string[] {
  return tasks.map((task) => `${task.referenceTaskName} ${task.status}`);
}

/** The newest task of this reference name. */
export function taskOf({ tasks }: Workflow, referenceTaskName: string): Task {
  const task = tasks.findLast((each) => each.referenceTaskName === referenceTaskName);
  if (task === undefined) throw new Error(`no task ${referenceTaskName}`);
  return task;
}
