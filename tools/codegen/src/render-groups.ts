import type { ApiOperation } from './api-model.ts';
import { comment, operationComment } from './doc-comment.ts';
import { functionName, groupFactoryName, groupTypeName, paramsTypeName } from './names.ts';
import { importNames, parameterList, resultType } from './render-functions.ts';
import { hasParams, importTypes, mentionedIn } from './render-params.ts';

/** groups.gen.ts: face 2: `client.workflow.get({ workflowId })`. A group is a list of the functions of face 1. */
export function renderGroups(operations: readonly ApiOperation[], mentioned: ReadonlySet<string>): string {
  const names = [...new Set(operations.map((operation) => operation.group))].sort();
  const groups = names.map((name) => [name, operations.filter((operation) => operation.group === name)] as const);
  return [
    `import type { Caller, CallOptions } from '../runtime/caller.ts';`,
    importNames(
      operations.map((o) => functionName(o.group, o.method)),
      './functions.gen.ts',
      'import',
    ),
    importNames(
      operations.filter(hasParams).map((o) => paramsTypeName(o.group, o.method)),
      './params.gen.ts',
      'import type',
    ),
    ...importTypes(mentionedIn(operations.map(resultType).join('\n'), mentioned)),
    '',
    ...groups.flatMap(([group, members]) => [renderInterface(group, members), '', renderFactory(group, members), '']),
    renderAll(names),
  ].join('\n');
}

function renderInterface(group: string, members: readonly ApiOperation[]): string {
  const methods = members.map(
    (operation) =>
      operationComment(operation, '  ') +
      `  ${operation.method}(${parameterList(operation)}): Promise<${resultType(operation)}>;`,
  );
  return `${comment(`The operations of \`client.${group}\`.`, '')}export interface ${groupTypeName(group)} {\n${methods.join('\n\n')}\n}`;
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
  const members = groups.map((group) => `  readonly ${group}: ${groupTypeName(group)};\n`).join('');
  const made = groups.map((group) => `    ${group}: ${groupFactoryName(group)}(client),\n`).join('');
  return (
    `${comment('All groups.', '')}export interface Groups {\n${members}}\n\n` +
    `${comment('Binds all groups to a client.', '')}export function createGroups(client: Caller): Groups {\n  return {\n${made}  };\n}`
  );
}
