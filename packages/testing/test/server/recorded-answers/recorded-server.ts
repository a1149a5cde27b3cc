import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ConductorTestServer, startConductorServer } from '../../../src/index.ts';
import { type Reply, call } from '../../call.ts';

/** What a body is made of: `void` has a length of 0 and no type, `none` no headers about a body at all; most JSON comes without a length. */
type Kind = 'json' | 'text' | 'void' | 'none' | `application/json of ${number}`;

/**
 * An answer that was recorded on a real 3.32.3 server: what is asked, then status, kind of content, and body. Text is compared as it is,
 * an object is what the JSON must at least contain, anything else is the JSON. `$running` and the like stand for the id of such an execution.
 */
export type Line = readonly [request: string, body: unknown, status: number, kind: Kind, expected?: unknown];

export const ID: RegExp = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
export const INVALID: Record<string, unknown> = {
  status: 400,
  message: 'Validation failed, check below errors for detail.',
  retryable: false,
};

/** One test per line, in order, on one server that has an execution in each state. */
export function expectRecorded(lines: readonly Line[]): void {
  let server: ConductorTestServer;
  let ids: Record<string, string>;

  beforeAll(async () => {
    server = await startConductorServer();
    ids = prepare(server);
  });
  afterAll(() => server.close());

  test.for(lines.map((line, index) => ({ title: `${index + 1}. ${line[0]}`, line })))('$title', async ({ line }) => {
    const fill = (text: string): string => text.replaceAll(/\$(\w+)/g, (whole, name: string) => ids[name] ?? whole);
    const [request, body, status, kind, expected] = line;
    const [method = '', path = ''] = fill(request).split(' ');
    const sent: unknown = body === undefined ? undefined : JSON.parse(fill(JSON.stringify(body)));
    const reply = await call(server, method, path, sent);
    // With its text, so that a failure explains itself.
    expect([reply.status, kindOf(reply), reply.text]).toEqual([status, kind, reply.text]);
    expectBody(reply.text, expected);
  });
}

export function def(name: string): Record<string, unknown> & { tasks: unknown[] } {
  return { name, version: 1, schemaVersion: 2, ownerEmail: 'a@b.test', tasks: [simple('t', 'a')] };
}

export function simple(name: string, taskReferenceName: string): Record<string, unknown> {
  return { name, taskReferenceName, type: 'SIMPLE', inputParameters: {} };
}

function prepare({ engine }: ConductorTestServer): Record<string, string> {
  const { metadata, workflow, task } = engine;
  metadata.registerTaskDefs([{ name: 't', retryCount: 0, ownerEmail: 'a@b.test' }]);
  for (const definition of [
    def('simple'),
    { ...def('wait'), tasks: [{ ...simple('w', 'w'), type: 'WAIT' }] },
    { ...def('person'), tasks: [{ ...simple('h', 'h'), type: 'HUMAN' }] },
    { ...def('system'), tasks: [{ ...simple('set', 's'), type: 'SET_VARIABLE', inputParameters: { a: 1 } }] },
  ]) {
    metadata.createWorkflowDef(definition);
  }
  const start = (name: string, correlationId?: string): string =>
    workflow.start({ name, correlationId, input: { x: 1 } });
  const poll = (): string => task.poll('t')?.taskId ?? '';
  const report = (workflowInstanceId: string, taskId: string, status: string): unknown =>
    task.update({ workflowInstanceId, taskId, status });

  const running = start('simple', 'c1');
  const runningTask = poll();
  const completed = start('simple');
  const completedTask = poll();
  report(completed, completedTask, 'COMPLETED');
  const failed = start('simple');
  report(failed, poll(), 'FAILED');
  const paused = start('simple');
  workflow.pause(paused);
  const terminated = start('simple');
  workflow.terminate(terminated, 'test');
  const waiting = start('wait');
  const human = start('person');
  // Nothing may be left for update-v2 to poll.
  while (poll() !== '');
  return { running, runningTask, completed, completedTask, failed, paused, terminated, waiting, human };
}

function expectBody(text: string, expected: unknown): void {
  if (expected instanceof RegExp) expect(text).toMatch(expected);
  else if (typeof expected === 'string') expect(text).toBe(expected);
  else if (isPlainObject(expected)) expect(JSON.parse(text)).toMatchObject(expected);
  else if (expected !== undefined) expect(JSON.parse(text)).toEqual(expected);
}

function kindOf({ headers, text }: Reply): string {
  const { 'content-type': type, 'content-length': length } = headers;
  if (type === undefined && text === '') return length === '0' ? 'void' : 'none';
  // JSON goes out chunked, text with its length.
  if (type === 'application/json' && length === undefined) return 'json';
  if (type === 'text/plain;charset=UTF-8' && length === String(Buffer.byteLength(text))) return 'text';
  return `${type} of ${length}`;
}

const isPlainObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
