import type { Document } from '../document.ts';
import { functionName } from '../names.ts';
import { eachOperation } from './each-operation.ts';

/** Groups and methods are names that TypeScript takes, and each means one operation. */
export function* lintNames(document: Document): Iterable<string> {
  const takenBy = new Map<string, string>();
  for (const { where, operation } of eachOperation(document)) {
    const { 'x-conductor-group': group, 'x-conductor-method': method } = operation;
    if (group === undefined || method === undefined) continue;
    for (const name of [group, method]) {
      if (!/^[a-z][A-Za-z0-9]*$/.test(name)) yield `${where}: \`${name}\` is not a name in camelCase.`;
    }
    // Compared as function names: `task` + `queueSize` and `taskQueue` + `size` would be the same one.
    const name = functionName(group, method);
    const other = takenBy.get(name);
    if (other !== undefined) yield `${where}: ${group}.${method} is taken by ${other}. Choose another method name.`;
    takenBy.set(name, where);
  }
}
