/** What can be killed and started again on the same data. */
export interface MortalServer {
  kill(): Promise<void>;
  startAgain(): Promise<void>;
}

/** Answers that were on their way when the server died may still come in for so long, in milliseconds. */
const LAST_ANSWERS_MS = 500;

/** One death of the server, and how long it took until all was well again. */
export class Outage {
  #killedAtMs: number | undefined;
  #healthyAtMs: number | undefined;
  #answeredAtMs: number | undefined;

  async happen(server: MortalServer): Promise<void> {
    await server.kill();
    this.#killedAtMs = performance.now();
    await server.startAgain();
    this.#healthyAtMs = performance.now();
  }

  /** To be told of every answer. */
  answered(nowMs: number = performance.now()): void {
    if (this.#killedAtMs !== undefined && nowMs > this.#killedAtMs + LAST_ANSWERS_MS) this.#answeredAtMs ??= nowMs;
  }

  /** From the kill until the server said that it is healthy, in milliseconds. */
  get downMs(): number | undefined {
    return difference(this.#killedAtMs, this.#healthyAtMs);
  }

  /** From there to the first answer that the client got; less than 0 where it got one before. */
  get recoveryMs(): number | undefined {
    return difference(this.#healthyAtMs, this.#answeredAtMs);
  }
}

function difference(fromMs: number | undefined, toMs: number | undefined): number | undefined {
  return fromMs === undefined || toMs === undefined ? undefined : Math.round(toMs - fromMs);
}
