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

export function isFlowTask(type: string): boolean {
  return FLOW_TYPES.has(type);
}
