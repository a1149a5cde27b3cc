import { randomUUID } from 'node:crypto';
import type { JsonMap } from './json-map.ts';

/** Beyond this a task's output is moved to external storage; the real server's default. */
const INLINE_BYTES = 3_072 * 1024;
/** Beyond this a payload is refused altogether; the real server's default. */
const MOST_BYTES = 10_240 * 1024;

export type PayloadPlace =
  | { readonly at: 'inline' }
  /** The real server's default storage gives a path and keeps nothing, and so does this one. */
  | { readonly at: 'external'; readonly path: string }
  | { readonly at: 'refused'; readonly reason: string };

/** Where a payload goes by its size. `owner` names whose it is, as in `task: <id>`. */
export function placeOf(payload: JsonMap, owner: string): PayloadPlace {
  const bytes = Buffer.byteLength(JSON.stringify(payload));
  if (bytes <= INLINE_BYTES) return { at: 'inline' };
  if (bytes <= MOST_BYTES) return { at: 'external', path: `${randomUUID()}.json` };
  return {
    at: 'refused',
    reason: `The payload size: ${bytes} of ${owner} is greater than the permissible limit: ${MOST_BYTES} bytes`,
  };
}
