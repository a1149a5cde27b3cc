import type { ApiOperation } from './api-model.ts';
import { operationComment } from './doc-comment.ts';
import { functionName, operationConstName, paramsTypeName } from './names.ts';
import { allParamsOptional, hasParams, importTypes, mentionedIn } from './render-params.ts';

/** functions.gen.ts: face 1. Each function needs its own operation only, so importing one pulls in no other. */
export function renderFunctions(operations: readonly ApiOperation[], mentioned: ReadonlySet<string>): string {
  const functions = operations.map(renderFunction);
  const signatures = operations.map(resultType).join('\n');
  return [
    `import type { Caller, CallOptions } from '../runtime/caller.ts';`,
    importNames(
      operations.map((o) => operationConstName(o.group, o.method)),
      './operations.gen.ts',
      'import',
    ),
    importNames(
      operations.filter(hasParams).map((o) => paramsTypeName(o.group, o.method)),
      './params.gen.ts',
      'import type',
    ),
    ...importTypes(mentionedIn(signatures, mentioned)),
    '',
    functions.join('\n\n'),
  ].join('\n');
}

/** `params: WorkflowGetParams, options?: CallOptions`, as it stands in functions and in groups. */
export function parameterList(operation: ApiOperation): string {
  if (!hasParams(operation)) return 'options?: CallOptions';
  const mark = allParamsOptional(operation) ? '?' : '';
  return `params${mark}: ${paramsTypeName(operation.group, operation.method)}, options?: CallOptions`;
}

/** What the promise gives. */
export function resultType(operation: ApiOperation): string {
  return operation.empty === 'nothing' ? `${operation.response.type} | undefined` : operation.response.type;
}

/** An import of many names, one a line. */
export function importNames(names: readonly string[], from: string, keyword: 'import' | 'import type'): string {
  return `${keyword} {\n${names.map((name) => `  ${name},\n`).join('')}} from '${from}';`;
}

function renderFunction(operation: ApiOperation): string {
  const { group, method } = operation;
  const params = hasParams(operation) ? 'params' : 'undefined';
  return (
    operationComment(operation, '') +
    `export function ${functionName(group, method)}(client: Caller, ${parameterList(operation)}): Promise<${resultType(operation)}> {\n` +
    `  return client.execute(${operationConstName(group, method)}, ${params}, options);\n}`
  );
}
