import { definitionToStart } from './definition-to-start.ts';
import { readChoice, readMap, readNumber, readOptionalMap, readText, readTextMap } from './field-readers.ts';
import type { Kernel } from './kernel.ts';
import { completeWorkflowDef } from './metadata-defaults.ts';
import { badRequest, conflict, validationFailed } from './server-error.ts';
import type { StartInput } from './start-input.ts';
import { hasEnded } from './status.ts';
import type { WorkflowDef } from './definition-types.ts';
import { workflowDefProblems } from './workflow-def-problems.ts';

const REQUEST = 'com.netflix.conductor.common.metadata.workflow.StartWorkflowRequest';
const STRATEGIES = ['FAIL_ON_RUNNING', 'RETURN_EXISTING', 'FAIL'] as const;

type Strategy = (typeof STRATEGIES)[number];

/** Starts a workflow from a request, and gives its id. */
export function startWorkflow(kernel: Kernel, request: unknown): string {
  const raw = readMap(request, REQUEST);
  const strategy =
    readChoice(
      raw['idempotencyStrategy'],
      STRATEGIES,
      'com.netflix.conductor.common.metadata.workflow.IdempotencyStrategy',
    ) ?? 'FAIL';
  const input = readStart(kernel, raw);
  const { workflow } = existingFor(kernel, input, strategy) ?? kernel.begin(input);
  return workflow.workflowId;
}

/** Checks a start request; nothing happens yet. */
export function readStart(kernel: Kernel, request: unknown): StartInput {
  const raw = readMap(request, REQUEST);
  const name = readText(raw['name']);
  const input = readOptionalMap(raw['input'], 'java.util.LinkedHashMap<java.lang.String,java.lang.Object>') ?? {};
  if (name === undefined)
    throw validationFailed([{ path: 'startWorkflow.arg0.name', message: 'Workflow name cannot be null or empty' }]);
  if (name === '') throw badRequest('Workflow name must be specified when searching for a definition');
  const priority = readNumber(raw['priority']) ?? 0;
  if (priority < 0 || priority > 99) {
    const message =
      priority < 0 ? `priority: ${priority} should be minimum 0` : `priority: ${priority} should be maximum 99`;
    throw validationFailed([{ path: 'startWorkflow.arg0.priority', message, invalidValue: String(priority) }]);
  }
  const definition = definitionFor(kernel, name, raw);
  if (raw['input'] === null) throw badRequest('NULL input passed when starting workflow');
  return {
    definition,
    input,
    correlationId: readText(raw['correlationId']),
    priority,
    taskToDomain: readTextMap(raw['taskToDomain']),
    idempotencyKey: readText(raw['idempotencyKey']),
  };
}

/** A definition that comes with the request needs no registration. */
function definitionFor(kernel: Kernel, name: string, raw: Record<string, unknown>): WorkflowDef {
  if (raw['workflowDef']) {
    const definition = completeWorkflowDef(raw['workflowDef']);
    const problems = workflowDefProblems(definition, 'startWorkflow.arg0.workflowDef', (taskName) =>
      kernel.metadata.findTaskDef(taskName),
    );
    if (problems.length > 0) throw validationFailed(problems);
    return definition;
  }
  return definitionToStart(kernel.metadata, name, readNumber(raw['version']));
}

/** The OSS server knows the fields and ignores them; Orkes starts each key of a workflow once. */
function existingFor(kernel: Kernel, start: StartInput, strategy: Strategy): ReturnType<Kernel['begin']> | undefined {
  const { idempotencyKey: key, definition } = start;
  if (kernel.options.mode !== 'orkes' || key === undefined) return undefined;
  const existing = kernel.executions.withIdempotencyKey(definition.name, key);
  if (!existing || strategy === 'RETURN_EXISTING') return existing;
  if (strategy === 'FAIL_ON_RUNNING' && hasEnded(existing.workflow.status)) return undefined;
  throw conflict(
    `Workflow ${definition.name} with idempotency key ${key} already exists: ${existing.workflow.workflowId}`,
  );
}
