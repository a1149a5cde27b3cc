import type { ApiOperation } from './api-model.ts';
import { comment, operationComment } from './doc-comment.ts';
import { functionName, groupFactoryName, groupTypeName, paramsTypeName } from './names.ts';
import { importNames, importTypes, joinParts } from './render-imports.ts';
import { hasParams, parameterList, resultType } from './signature.ts';

/** groups.gen.ts: face 2: `client.workflow.get({ workflowId })`. A group is a list of the functions of face 1. */
export function renderGroups(operations: readonly ApiOperation[], mentioned: ReadonlySet<string>): string {
  const names = [...new Set(operations.map(({ group }) => group))].sort();
  const functions = operations.map(({ group, method }) => functionName(group, method));
  const params = operations.filter(hasParams).map(({ group, method }) => paramsTypeName(group, method));
  const imports = [
    `import type { Caller, CallOptions } from '../runtime/caller.ts';`,
    importNames(functions, './functions.gen.ts', 'import'),
    importNames(params, './params.gen.ts', 'import type'),
    importTypes(operations.map(resultType).join('\n'), mentioned),
  ];
  const groups = names.flatMap((name) => {
    const members = operations.filter(({ group }) => group === name);
    return [renderInterface(name, members), renderFactory(name, members)];
  });
  return joinParts([joinParts(imports, '\n'), ...groups, renderAll(names)], '\n\n');
}

function renderInterface(group: string, members: readonly ApiOperation[]): string {
  const methods = members.map(
    (operation) =>
      operationComment(operation, '  ') +
      `  ${operation.method}(${parameterList(operation)}): Promise<${resultType(operation)}>;`,
  );
  const head = comment(`The operations of \`client.${group}\`.`, '');
  return `${head}export interface ${groupTypeName(group)} {\n${methods.join('\n\n')}\n}`;
}

function renderFactory(group: string, members: readonly ApiOperation[]): string {
  const methods = members.map((operation) => {
    const passed = hasParams(operation) ? 'params, options' : 'options';
    return `    ${operation.method}: (${passed}) => ${functionName(group, operation.method)}(client, ${passed}),\n`;
  });
  return (
    comment(`Binds the operations of \`${group}\` to a client.`, '') +
    `export function ${groupFactoryName(group)}(client: Caller): ${groupTypeName(group)} {\n  return {\n${methods.join('')}  };\n}`
  );
}

function renderAll(groups: readonly string[]): string {
  const members = groups.map((group) => `  readonly ${group}: ${groupTypeName(group)};\n`);
  const made = groups.map((group) => `    ${group}: ${groupFactoryName(group)}(client),\n`);
  return (
    `${comment('All groups.', '')}export interface Groups {\n${members.join('')}}\n\n` +
    `${comment('Binds all groups to a client.', '')}export function createGroups(client: Caller): Groups {\n` +
    `  return {\n${made.join('')}  };\n}`
  );
}
