import type { Contender } from './contender.ts';
import { overFetch } from './over-fetch.ts';

/** Node's own, which speaks HTTP/1.1 only. */
export function globalFetch(url: string): Contender {
  return overFetch(url, (input, init) => fetch(input, init));
}
