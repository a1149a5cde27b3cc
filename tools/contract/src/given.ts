import { client, raw, unique } from './contract.ts';
import type { WorkflowDef, WorkflowTask } from '@conductor-ts/client';

/** A step for workers, in a queue of its own name. */
export function simple(name: string, taskReferenceName: string, more: Partial<WorkflowTask> = {}): WorkflowTask {
  return { name, taskReferenceName, type: 'SIMPLE', ...more };
}

/** A definition that passes all checks. */
export function definition(name: string, tasks: WorkflowTask[], more: Partial<WorkflowDef> = {}): WorkflowDef {
  return { name, version: 1, ownerEmail: 'owner@example.com', timeoutSeconds: 0, tasks, ...more };
}

/** Registers a workflow under a new name, and gives the name. */
export async function registered(tasks: WorkflowTask[], more: Partial<WorkflowDef> = {}): Promise<string> {
  const name = unique('wf');
  await client.metadata.registerWorkflowDef({ body: definition(name, tasks, more) });
  return name;
}

/** A workflow of two tasks of one type, `a` and `b`, which is not retried when it fails. */
export interface TwoTasks {
  readonly name: string;
  readonly type: string;
}

export async function twoTasks(): Promise<TwoTasks> {
  const type = unique('task');
  await client.metadata.registerTaskDefs({ body: [{ name: type, retryCount: 0, ownerEmail: 'owner@example.com' }] });
  return { type, name: await registered([simple(type, 'a'), simple(type, 'b')]) };
}

/** Starts a workflow with this body, and gives its id. */
export function started(name: string, body: Record<string, unknown> = {}): Promise<string> {
  return client.workflow.start({ body: { name, version: 1, ...body } });
}

/** Starts and terminates a workflow: for what needs one that has ended. */
export async function ended(name: string): Promise<string> {
  const workflowId = await started(name);
  await client.workflow.terminate({ workflowId });
  return workflowId;
}

/** The answer of the API to a method of a path below `/api`, with a JSON body. */
export async function api(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; type: string | null; length: string | null; json: unknown }> {
  const { body: text, ...rest } = await raw(
    method,
    `/api${path}`,
    body === undefined ? undefined : JSON.stringify(body),
  );
  return { ...rest, json: text === '' ? undefined : asJson(text) };
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
