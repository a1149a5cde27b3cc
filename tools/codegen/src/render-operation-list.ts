import type { ApiOperation } from './api-model.ts';
import { operationConstName } from './names.ts';
import { importNames } from './render-imports.ts';

/**
 * operation-list.gen.ts: all operations, for finding one by method and path. A file of its own, since whoever imports
 * the list has all of them in the bundle.
 */
export function renderOperationList(operations: readonly ApiOperation[]): string {
  const names = operations.map(({ group, method }) => operationConstName(group, method));
  return [
    `import type { Operation } from '../runtime/operation.ts';`,
    importNames(names, './operations.gen.ts', 'import'),
    '',
    `export const operations: readonly Operation[] = [\n${names.map((name) => `  ${name},\n`).join('')}];`,
  ].join('\n');
}
