import type { Document } from '@conductor-ts/codegen';

/** Names of the operations of these groups that the open-source server has, by our API source: `workflow.start`. */
export function ossOperations(document: Document, groups: readonly string[]): string[] {
  return Object.values(document.paths)
    .flatMap((methods) => Object.values(methods))
    .filter((operation) => operation['x-conductor-server'] !== 'orkes')
    .map((operation) => ({ group: operation['x-conductor-group'] ?? '', method: operation['x-conductor-method'] }))
    .filter(({ group }) => groups.includes(group))
    .map(({ group, method }) => `${group}.${method}`);
}
