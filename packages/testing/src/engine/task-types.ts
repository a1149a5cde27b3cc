import type { WorkflowTask } from './definition-types.ts';

/** Types the server runs itself. Any other type, SIMPLE among them, is for workers. */
const SYSTEM_TYPES: ReadonlySet<string> = new Set([
  'SWITCH',
  'DECISION',
  'FORK',
  'FORK_JOIN',
  'FORK_JOIN_DYNAMIC',
  'JOIN',
  'EXCLUSIVE_JOIN',
  'DO_WHILE',
  'SUB_WORKFLOW',
  'START_WORKFLOW',
  'EVENT',
  'WAIT',
  'HUMAN',
  'HTTP',
  'LAMBDA',
  'INLINE',
  'TERMINATE',
  'KAFKA_PUBLISH',
  'JSON_JQ_TRANSFORM',
  'SET_VARIABLE',
  'NOOP',
  'PULL_WORKFLOW_MESSAGES',
  'LLM_TEXT_COMPLETE',
  'LLM_CHAT_COMPLETE',
  'LLM_INDEX_TEXT',
  'LLM_SEARCH_INDEX',
  'LLM_GENERATE_EMBEDDINGS',
  'LLM_STORE_EMBEDDINGS',
  'LLM_GET_EMBEDDINGS',
  'LIST_MCP_TOOLS',
  'CALL_MCP_TOOL',
  'AGENT',
  'GET_AGENT_CARD',
  'CANCEL_AGENT',
]);

/** These only steer the flow; the real server never retries them. */
const FLOW_TYPES: ReadonlySet<string> = new Set(['SWITCH', 'DECISION', 'FORK', 'JOIN', 'EXCLUSIVE_JOIN', 'DO_WHILE']);

export function isWorkerTask(type: string): boolean {
  return !SYSTEM_TYPES.has(type);
}

/** Tasks of these go by the name of their type, whatever the step is called. */
const NAMED_BY_TYPE: ReadonlySet<string> = new Set(['SWITCH', 'DECISION', 'FORK', 'JOIN', 'EXCLUSIVE_JOIN']);

/** The type that a step's task shows: for workers the name of the task, and of both kinds of forks the same. */
export function taskTypeOf({ type, name }: WorkflowTask): string {
  if (type === 'SIMPLE') return name;
  return type === 'FORK_JOIN' || type === 'FORK_JOIN_DYNAMIC' ? 'FORK' : type;
}

export function taskDefNameOf(taskType: string, { name }: WorkflowTask): string {
  return NAMED_BY_TYPE.has(taskType) ? taskType : name;
}

export function isFlowTask(type: string): boolean {
  return FLOW_TYPES.has(type);
}
