import type { CallOptions } from '../runtime/caller.ts';
import { throwIfAborted } from '../runtime/throw-if-aborted.ts';

/** One page of hits, and where the next one begins. */
export interface Page<Item> {
  readonly results: readonly Item[];
  /** Offset of the first hit: give it as `start` to begin here again. */
  readonly start: number;
  /** Offset of the next page: give it as `start` to go on from there, in another process perhaps. Absent after the last page. */
  readonly next: number | undefined;
  /** Hits in all, as far as the server says. */
  readonly totalHits: number | undefined;
}

/** The answer of a search, of which not every server fills in all. */
export interface SearchAnswer<Item> {
  readonly results?: readonly Item[] | undefined;
  readonly totalHits?: number | undefined;
  /** Keeps the hits together over pages, on servers that give it. */
  readonly queryId?: string | undefined;
}

/** How to get one page, and how to tell its hits apart. */
export interface PageSource<Item> {
  readonly start: number;
  readonly size: number;
  readonly get: (start: number, queryId: string | undefined) => Promise<SearchAnswer<Item>>;
  /** The member that tells hits apart. */
  readonly id: string & keyof Item;
}

/**
 * All hits of a search, page by page as they are asked for: nothing is fetched ahead. `for await (const hit of paged)` gives
 * hits, `for await (const page of paged.pages())` gives pages. Leaving the loop ends it; each loop begins anew.
 *
 * A hit comes once, also when new ones push it to the next page meanwhile: ids are remembered for as long as the loop runs.
 */
export class Paged<Item> implements AsyncIterable<Item> {
  readonly #source: PageSource<Item>;
  readonly #signal: AbortSignal | undefined;

  constructor(source: PageSource<Item>, options: CallOptions = {}) {
    this.#source = source;
    this.#signal = options.signal;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for await (const { results } of this.pages()) {
      for (const item of results) {
        // Also between two hits of a page that is there already.
        throwIfAborted(this.#signal);
        yield item;
      }
    }
  }

  /** All hits in one list, for searches that find few. */
  async toArray(): Promise<Item[]> {
    const items: Item[] = [];
    for await (const item of this) items.push(item);
    return items;
  }

  async *pages(): AsyncGenerator<Page<Item>, void, undefined> {
    const { get, id, size } = this.#source;
    const seen = new Set<unknown>();
    let queryId: string | undefined;
    for (let next: number | undefined = this.#source.start; next !== undefined;) {
      throwIfAborted(this.#signal);
      const start: number = next;
      const answer: SearchAnswer<Item> = await get(start, queryId);
      const { results = [], totalHits } = answer;
      queryId = answer.queryId ?? queryId;
      next = nextStart(start, results.length, size, totalHits);
      if (results.length > 0)
        yield { results: results.filter((item) => isNew(item[id], seen)), start, next, totalHits };
    }
  }
}

/**
 * A full page is followed by another request, whatever the total says: some index stores count the page only. A shorter
 * one is the last, unless the total says that the server gives less at once than it was asked for.
 */
export function nextStart(start: number, found: number, size: number, totalHits = 0): number | undefined {
  const end = start + found;
  return found > 0 && (found >= size || end < totalHits) ? end : undefined;
}

function isNew(id: unknown, seen: Set<unknown>): boolean {
  if (id === undefined) return true;
  if (seen.has(id)) return false;
  seen.add(id);
  return true;
}
