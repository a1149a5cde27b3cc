/** A binary heap: `comesBefore` decides which item leaves first. */
export class PriorityQueue<T> {
  readonly #comesBefore: (a: T, b: T) => boolean;
  #items: T[] = [];

  constructor(comesBefore: (a: T, b: T) => boolean) {
    this.#comesBefore = comesBefore;
  }

  get size(): number {
    return this.#items.length;
  }

  peek(): T | undefined {
    return this.#items[0];
  }

  push(item: T): void {
    const items = this.#items;
    let at = items.length;
    items.push(item);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = items[above] as T;
      if (!this.#comesBefore(item, parent)) break;
      items[at] = parent;
      at = above;
    }
    items[at] = item;
  }

  pop(): T | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (last === undefined || items.length === 0) return first;
    let at = 0;
    for (;;) {
      const next = this.#smallerChildOf(at);
      if (next === undefined || !this.#comesBefore(items[next] as T, last)) break;
      items[at] = items[next] as T;
      at = next;
    }
    items[at] = last;
    return first;
  }

  /** Keeps only the items that pass; linear, for the rare clean-up. */
  retain(keep: (item: T) => boolean): void {
    const kept = this.#items.filter((item) => keep(item));
    this.#items = [];
    for (const item of kept) this.push(item);
  }

  #smallerChildOf(at: number): number | undefined {
    const left = 2 * at + 1;
    const right = left + 1;
    if (left >= this.#items.length) return undefined;
    if (right >= this.#items.length) return left;
    return this.#comesBefore(this.#items[right] as T, this.#items[left] as T) ? right : left;
  }
}
