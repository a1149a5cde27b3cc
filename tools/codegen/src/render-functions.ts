import type { ApiOperation } from './api-model.ts';
import { operationComment } from './doc-comment.ts';
import { functionName, operationConstName, paramsTypeName } from './names.ts';
import { importNames, importTypes, joinParts } from './render-imports.ts';
import { callType, FUNCTION_TYPES, hasParams, resultType, typesIn } from './signature.ts';

/** functions.gen.ts: face 1. Each function needs its own operation only, so importing one pulls in no other. */
export function renderFunctions(operations: readonly ApiOperation[], mentioned: ReadonlySet<string>): string {
  const constants = operations.map(({ group, method }) => operationConstName(group, method));
  const params = operations.filter(hasParams).map(({ group, method }) => paramsTypeName(group, method));
  const imports = [
    importNames(typesIn(operations, FUNCTION_TYPES), '../runtime/operation-function.ts', 'import type'),
    `import { operationFunction } from '../runtime/operation-function.ts';`,
    importNames(constants, './operations.gen.ts', 'import'),
    importNames(params, './params.gen.ts', 'import type'),
    importTypes(operations.map(resultType).join('\n'), mentioned),
  ];
  return joinParts([joinParts(imports, '\n'), ...operations.map(renderFunction)], '\n\n');
}

function renderFunction(operation: ApiOperation): string {
  const { group, method } = operation;
  const type = callType(operation, FUNCTION_TYPES);
  return (
    operationComment(operation, '') +
    // Marked, so that a bundler drops those that nobody uses.
    `export const ${functionName(group, method)}: ${type} = /* @__PURE__ */ operationFunction(${operationConstName(group, method)});`
  );
}
