import type { Document } from '@conductor-ts/codegen';

/** Names of all operations that the open-source server has, by our API source: `workflow.start`. */
export function ossOperations(document: Document): string[] {
  return Object.values(document.paths)
    .flatMap((methods) => Object.values(methods))
    .filter((operation) => operation['x-conductor-server'] !== 'orkes')
    .map((operation) => `${operation['x-conductor-group']}.${operation['x-conductor-method']}`);
}
