/** Shows how far a job is: one line that is rewritten on a terminal, a plain line now and then elsewhere. */
export class Progress {
  readonly #stream: NodeJS.WriteStream;
  readonly #everyMs: number;
  #shownAtMs = Number.NEGATIVE_INFINITY;
  #line = '';

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    this.#everyMs = stream.isTTY ? 50 : 2_000;
  }

  update(line: string): void {
    this.#line = line;
    const nowMs = performance.now();
    if (nowMs - this.#shownAtMs < this.#everyMs) return;
    this.#shownAtMs = nowMs;
    this.#show();
  }

  /** Shows the last state and ends the line. */
  end(): void {
    this.#show();
    if (this.#stream.isTTY) this.#stream.write('\n');
  }

  #show(): void {
    // \r and "erase to the end of the line" keep one live line on a terminal.
    this.#stream.write(this.#stream.isTTY ? `\r\u001B[K${this.#line}` : `${this.#line}\n`);
  }
}

/** A bar of ten blocks: `bar(3, 10)` is `###.......`. */
export function bar(done: number, total: number): string {
  const filled = total === 0 ? 10 : Math.min(10, Math.floor((done / total) * 10));
  return '#'.repeat(filled) + '.'.repeat(10 - filled);
}
