import type { ApiOperation } from './api-model.ts';
import { paramsTypeName } from './names.ts';

/** Whether the operation takes anything at all. */
export function hasParams(operation: ApiOperation): boolean {
  return operation.parameters.length > 0 || operation.body !== undefined;
}

/** Names of the runtime's types for callables whose parameters must be given, may be left out, do not exist. */
export interface CallTypes {
  readonly strict: string;
  readonly loose: string;
  readonly bare: string;
}

export const FUNCTION_TYPES: CallTypes = {
  strict: 'OperationFunction',
  loose: 'LooseOperationFunction',
  bare: 'BareOperationFunction',
};

export const METHOD_TYPES: CallTypes = { strict: 'Method', loose: 'LooseMethod', bare: 'BareMethod' };

/** `Method<WorkflowGetParams, Workflow>`, as it stands in functions and in groups. */
export function callType(operation: ApiOperation, types: CallTypes): string {
  const result = resultType(operation);
  if (!hasParams(operation)) return `${types.bare}<${result}>`;
  return `${types[kindOf(operation)]}<${paramsTypeName(operation.group, operation.method)}, ${result}>`;
}

/** Those of the types that these operations need. */
export function typesIn(operations: readonly ApiOperation[], types: CallTypes): readonly string[] {
  return [...new Set(operations.map((operation) => types[kindOf(operation)]))].sort();
}

function kindOf(operation: ApiOperation): keyof CallTypes {
  if (!hasParams(operation)) return 'bare';
  return someParamRequired(operation) ? 'strict' : 'loose';
}

/** What the promise gives. */
export function resultType(operation: ApiOperation): string {
  return operation.empty === 'nothing' ? `${operation.response.type} | undefined` : operation.response.type;
}

function someParamRequired(operation: ApiOperation): boolean {
  return operation.parameters.some((parameter) => parameter.required) || operation.body?.required === true;
}
