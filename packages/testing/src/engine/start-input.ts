import type { WorkflowDef } from './definition-types.ts';
import type { JsonMap } from './json-map.ts';

/** A start, checked and complete. */
export interface StartInput {
  readonly definition: WorkflowDef;
  readonly input: JsonMap;
  readonly correlationId?: string | undefined;
  readonly priority?: number | undefined;
  readonly taskToDomain?: Record<string, string> | undefined;
  readonly idempotencyKey?: string | undefined;
  readonly parentWorkflowId?: string | undefined;
  readonly parentWorkflowTaskId?: string | undefined;
}
