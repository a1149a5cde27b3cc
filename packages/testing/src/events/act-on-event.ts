import { randomUUID } from 'node:crypto';
import type { Engine } from '../engine/engine-api.ts';
import { resolveMap, resolveValue } from '../engine/expressions.ts';
import { isMap } from '../engine/field-readers.ts';
import { javaText } from '../engine/java-text.ts';
import type { JsonMap } from '../engine/json-map.ts';
import { runScript } from '../engine/script.ts';
import { ServerError } from '../engine/server-error.ts';
import type { EventAction, EventHandler } from './event-handler.ts';

export interface ProducedEvent {
  readonly name: string;
  readonly payload: JsonMap;
}

const SCRIPT_TIMEOUT_MS = 500;

/** Lets each handler do what it is there for. What one of them cannot do is lost, as on the real server after its retries. */
export function actOnEvent(engine: Engine, handlers: readonly EventHandler[], event: ProducedEvent): void {
  const messageId = randomUUID();
  for (const handler of handlers.filter(({ condition }) => holds(condition, event.payload))) {
    for (const action of handler.actions) {
      try {
        act(engine, action, event, messageId);
      } catch (error) {
        if (!(error instanceof ServerError)) throw error;
      }
    }
  }
}

function holds(condition: string | undefined, payload: JsonMap): boolean {
  if (condition === undefined || condition === '') return true;
  try {
    return runScript(condition, payload, SCRIPT_TIMEOUT_MS) === true;
  } catch {
    return false;
  }
}

function act(engine: Engine, action: EventAction, { name, payload }: ProducedEvent, messageId: string): void {
  const details = action.action === undefined ? undefined : action[action.action];
  if (!isMap(details)) return;
  const source = action.expandInlineJSON ? expanded(payload) : payload;
  const scope = (root: string): unknown => (root === '$' ? source : source[root]);
  const text = (member: string): string => javaText(resolveValue(details[member] ?? '', scope));
  const marks = { 'conductor.event.messageId': messageId, 'conductor.event.name': name };
  switch (action.action) {
    case 'start_workflow': {
      const { input, correlationId } = details;
      const resolved = { ...resolveMap(isMap(input) ? input : {}, scope), ...marks };
      engine.workflow.start({ ...details, input: resolved, correlationId: resolveValue(correlationId, scope) });
      return;
    }
    case 'complete_task':
    case 'fail_task': {
      const output = isMap(details['output']) ? resolveMap(details['output'], scope) : {};
      const { taskId = null, reasonForIncompletion = null } = details;
      const address = {
        workflowId: text('workflowId'),
        taskRefName: text('taskRefName'),
        taskId,
        reasonForIncompletion,
      };
      const status = action.action === 'complete_task' ? 'COMPLETED' : 'FAILED';
      engine.task.updateByRef(address.workflowId, address.taskRefName, status, { ...output, ...address, ...marks });
      return;
    }
    case 'terminate_workflow':
      engine.workflow.terminate(text('workflowId'), text('terminationReason'));
      return;
    default:
  }
}

/** With the texts that are JSON read. */
function expanded(value: JsonMap): JsonMap {
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, isMap(member) ? expanded(member) : read(member)]),
  );
}

function read(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
