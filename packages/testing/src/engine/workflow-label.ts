import type { Workflow } from './types.ts';

/** How the server names an execution in its messages: `order.1/<id>`. */
export function labelOf({ workflowName, workflowVersion, workflowId }: Workflow): string {
  return `${workflowName}.${workflowVersion}/${workflowId}`;
}
