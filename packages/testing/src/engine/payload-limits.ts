import { randomUUID } from 'node:crypto';
import type { JsonMap } from './json-map.ts';

/** Beyond these a payload is moved to external storage; the real server's defaults. */
const INLINE_BYTES = { task: 3_072 * 1024, workflow: 5_120 * 1024 };
/** Beyond this a payload is refused altogether; the real server's default. */
const MOST_BYTES = 10_240 * 1024;

export type PayloadPlace =
  | { readonly at: 'inline' }
  /** Callers see the path in its place; the server goes on working with the payload. */
  | { readonly at: 'external'; readonly path: string }
  | { readonly at: 'refused'; readonly reason: string };

/** Where a payload goes by its size. `name` says whose it is, as in `task: <id>`. */
export function placeOf(payload: JsonMap, owner: 'task' | 'workflow', name: string): PayloadPlace {
  const bytes = Buffer.byteLength(JSON.stringify(payload));
  if (bytes <= INLINE_BYTES[owner]) return { at: 'inline' };
  if (bytes <= MOST_BYTES) return { at: 'external', path: `${randomUUID()}.json` };
  return {
    at: 'refused',
    reason: `The payload size: ${bytes} of ${name} is greater than the permissible limit: ${MOST_BYTES} bytes`,
  };
}

/** The path that callers see in place of a large payload; undefined for one they see as it is. */
export function storagePathOf(payload: JsonMap, owner: 'task' | 'workflow'): string | undefined {
  const place = placeOf(payload, owner, '');
  return place.at === 'external' ? place.path : undefined;
}
