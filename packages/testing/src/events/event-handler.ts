import { isMap, readChoice, readMap, readOptionalMap, readPlainFlag, readText } from '../engine/field-readers.ts';
import type { JsonMap } from '../engine/json-map.ts';
import { type ValidationProblem, validationFailed } from '../engine/server-error.ts';

const ACTIONS = [
  'fail_task',
  'start_agent',
  'complete_task',
  'start_workflow',
  'terminate_workflow',
  'update_workflow_variables',
] as const;

export type ActionKind = (typeof ACTIONS)[number];

/** What is done when an event arrives. */
export interface EventHandler {
  readonly name: string;
  /** `conductor:workflow:sink` for the server's own events. */
  readonly event: string;
  /** JavaScript over the event as `$`; the handler acts where it is true. */
  readonly condition: string | undefined;
  readonly evaluatorType: string | undefined;
  readonly actions: readonly EventAction[];
  readonly active: boolean;
}

export interface EventAction {
  readonly action: ActionKind | undefined;
  readonly expandInlineJSON: boolean;
  /** The details stand in a member that is named after the action. */
  readonly [details: string]: unknown;
}

/** Reads a handler; `method` is the server's, which its messages name. */
export function readEventHandler(value: unknown, method: 'addEventHandler' | 'updateEventHandler'): EventHandler {
  const raw = readMap(value, 'com.netflix.conductor.common.metadata.events.EventHandler');
  const actions = Array.isArray(raw['actions']) ? raw['actions'].map(readAction) : [];
  const name = readText(raw['name']);
  const event = readText(raw['event']);
  const problems = [
    ...(actions.length > 0 ? [] : [{ path: `${method}.arg0.actions`, message: NO_ACTIONS }]),
    ...missing(`${method}.arg0.name`, name, 'Missing event handler name'),
    ...missing(`${method}.arg0.event`, event, 'Missing event location'),
  ];
  if (problems.length > 0) throw validationFailed(problems);
  return {
    name: name ?? '',
    event: event ?? '',
    condition: readText(raw['condition']),
    evaluatorType: readText(raw['evaluatorType']),
    actions,
    active: readPlainFlag(raw['active'], false),
  };
}

const NO_ACTIONS = 'No actions specified. Please specify at-least one action';

function missing(path: string, value: string | undefined, message: string): ValidationProblem[] {
  if (value === undefined) return [{ path, message }];
  return value === '' ? [{ path, message, invalidValue: '' }] : [];
}

function readAction(value: unknown): EventAction {
  const raw = readMap(value, 'com.netflix.conductor.common.metadata.events.EventHandler$Action');
  const type = 'com.netflix.conductor.common.metadata.events.EventHandler$Action$Type';
  const details = Object.entries(raw).filter(([key, detail]) => isAction(key) && isMap(detail));
  return {
    action: readChoice(raw['action'], ACTIONS, type),
    ...Object.fromEntries(details.map(([key, detail]) => [key, completed(key, detail)])),
    expandInlineJSON: readPlainFlag(raw['expandInlineJSON'], false),
  };
}

/** The output of a task is never absent. */
function completed(action: string, value: unknown): JsonMap {
  const details = readOptionalMap(value, 'java.util.LinkedHashMap') ?? {};
  return action === 'complete_task' || action === 'fail_task'
    ? { ...details, output: details['output'] ?? {} }
    : details;
}

const isAction = (key: string): boolean => (ACTIONS as readonly string[]).includes(key);
