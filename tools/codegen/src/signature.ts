import type { ApiOperation } from './api-model.ts';
import { paramsTypeName } from './names.ts';

/** Whether the operation takes anything at all. */
export function hasParams(operation: ApiOperation): boolean {
  return operation.parameters.length > 0 || operation.body !== undefined;
}

/** `params: WorkflowGetParams, options?: CallOptions`, as it stands in functions and in groups. */
export function parameterList(operation: ApiOperation): string {
  if (!hasParams(operation)) return 'options?: CallOptions';
  const mark = someParamRequired(operation) ? '' : '?';
  return `params${mark}: ${paramsTypeName(operation.group, operation.method)}, options?: CallOptions`;
}

/** What the promise gives. */
export function resultType(operation: ApiOperation): string {
  return operation.empty === 'nothing' ? `${operation.response.type} | undefined` : operation.response.type;
}

function someParamRequired(operation: ApiOperation): boolean {
  return operation.parameters.some((parameter) => parameter.required) || operation.body?.required === true;
}
