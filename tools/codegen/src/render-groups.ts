import type { ApiOperation } from './api-model.ts';
import { comment, operationComment } from './doc-comment.ts';
import { groupTypeName, paramsTypeName } from './names.ts';
import { importNames, importTypes, joinParts } from './render-imports.ts';
import { callType, hasParams, METHOD_TYPES, resultType, typesIn } from './signature.ts';

/** groups.gen.ts: face 2: `client.workflow.get({ workflowId })`. Types only: the runtime makes the methods from the table of operations. */
export function renderGroups(operations: readonly ApiOperation[], mentioned: ReadonlySet<string>): string {
  const names = [...new Set(operations.map(({ group }) => group))].sort();
  const params = operations.filter(hasParams).map(({ group, method }) => paramsTypeName(group, method));
  const imports = [
    importNames(typesIn(operations, METHOD_TYPES), '../runtime/operation-function.ts', 'import type'),
    importNames(params, './params.gen.ts', 'import type'),
    importTypes(operations.map(resultType).join('\n'), mentioned),
  ];
  const groups = names.map((name) =>
    renderInterface(
      name,
      operations.filter(({ group }) => group === name),
    ),
  );
  return joinParts([joinParts(imports, '\n'), ...groups, renderAll(names)], '\n\n');
}

function renderInterface(group: string, members: readonly ApiOperation[]): string {
  const methods = members.map(
    (operation) =>
      operationComment(operation, '  ') + `  readonly ${operation.method}: ${callType(operation, METHOD_TYPES)};`,
  );
  const head = comment(`The operations of \`client.${group}\`.`, '');
  return `${head}export interface ${groupTypeName(group)} {\n${methods.join('\n\n')}\n}`;
}

function renderAll(groups: readonly string[]): string {
  const members = groups.map((group) => `  readonly ${group}: ${groupTypeName(group)};\n`);
  return `${comment('All groups.', '')}export interface Groups {\n${members.join('')}}`;
}
