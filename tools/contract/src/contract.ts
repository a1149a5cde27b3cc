import { randomUUID } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';
import {
  createConductorClient,
  type ConductorClient,
  type Task,
  type TaskResult,
  type Workflow,
} from '@conductor-ts/client';
import type { Document } from '@conductor-ts/codegen';
import { startConductorServer } from '@conductor-ts/testing';
import { createTransport, type Transport } from '@conductor-ts/transport';
import { expect, inject } from 'vitest';
import { AnswerSchemas } from './answer-schemas.ts';

/** The server that a test file is about. */
export interface JudgedServer {
  readonly kind: 'embedded' | 'real';
  readonly url: string;
  close(): Promise<void>;
}

const run = inject('run');
/** Our OpenAPI document. */
export const ourDocument: Document = JSON.parse(readFileSync(run.documentFile, 'utf8')) as Document;
const schemas = new AnswerSchemas(ourDocument);
const faults = new Set<string>();
/** Operations that were called with success. */
const called = new Set<string>();
let transport: Transport;

/** How long a state may take to come: what the real server does in the background, it does up to 30 s late where it has much to do. */
export const PATIENCE_MS = 45_000;

// Each is there before a test file is loaded, and of that file alone: `each-file.ts` sees to it.
export let judged: JudgedServer;
/** The public client, with every answer held against the OpenAPI source on its way. */
export let client: ConductorClient;

export async function open(): Promise<void> {
  judged = await judgedServer();
  transport = createTransport();
  client = await createConductorClient(
    { serverUrl: judged.url, useEnvVars: false, requestTimeoutMs: 120_000 },
    async (input, init) => {
      const response = await transport.fetch(input, init);
      if (!response.ok) return response;
      const { pathname } = new URL(typeof input === 'string' ? input : input instanceof URL ? input.href : input.url);
      const method = init?.method ?? 'GET';
      called.add(schemas.operationOf(method, pathname) ?? `${method} ${pathname}`);
      const type = response.headers.get('content-type') ?? '';
      if (!type.startsWith('application/json')) return response;
      const text = await response.clone().text();
      for (const fault of schemas.faults(method, pathname, response.status, text)) faults.add(fault);
      return response;
    },
  );
}

export async function close(): Promise<void> {
  await client.close();
  await transport.close();
  await judged.close();
  appendFileSync(run.callsFile, [...called, ''].join('\n'));
  const found = [...faults];
  faults.clear();
  expect(found, 'answers that the OpenAPI source does not describe').toEqual([]);
}

async function judgedServer(): Promise<JudgedServer> {
  if (run.realUrl !== undefined) return { kind: 'real', url: run.realUrl, close: async () => undefined };
  const server = await startConductorServer();
  return { kind: 'embedded', url: server.url, close: () => server.close() };
}

/** A name that no other test uses: all tests share one server, and the real one keeps what it is given. */
export function unique(name: string): string {
  return `${name}_${randomUUID().slice(0, 8)}`;
}

/** An answer as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly type: string | null;
  readonly length: string | null;
  readonly body: string;
}

/** One request as it is, for what a client hides: status line, content type, the very body. */
export async function raw(
  method: string,
  path: string,
  body?: string,
  headers: Record<string, string> = { 'content-type': 'application/json' },
): Promise<RawAnswer> {
  const response = await transport.fetch(`${judged.url}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  const { status, headers: answered } = response;
  return {
    status,
    type: answered.get('content-type'),
    length: answered.get('content-length'),
    body: await response.text(),
  };
}

/** Polls until there is a task; both servers may need a moment where something happens in the background. */
export async function polled(tasktype: string, limitMs: number = PATIENCE_MS): Promise<Task> {
  return eventually(() => client.task.poll({ tasktype }), limitMs);
}

/** Reports the end of a polled task. */
export function finish(task: Task, result: Partial<TaskResult> = {}): Promise<unknown> {
  const { taskId, workflowInstanceId } = task;
  if (taskId === undefined || workflowInstanceId === undefined) throw new Error('a task without its ids');
  return client.task.update({ body: { taskId, workflowInstanceId, status: 'COMPLETED', ...result } });
}

/** Asks again until the answer is there (neither undefined nor false), or the limit is over. */
export async function eventually<T>(
  ask: () => Promise<T>,
  limitMs: number = PATIENCE_MS,
): Promise<Exclude<T, undefined | false>> {
  const limit = Date.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer as Exclude<T, undefined | false>;
    if (Date.now() > limit) throw new Error(`not within ${limitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Waits for a workflow to be in this state and gives it with its tasks. */
export function inStatus(workflowId: string, status: Workflow['status']): Promise<Workflow> {
  return eventually(async () => {
    const workflow = await client.workflow.get({ workflowId });
    return workflow.status === status && workflow;
  });
}
