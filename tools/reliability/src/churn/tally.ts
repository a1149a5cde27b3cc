/** What all callers together have seen. */
export class Tally {
  calls = 0;
  succeeded = 0;
  /** Correlation id and workflow id of each start that the server has confirmed. */
  readonly acknowledged: Map<string, string> = new Map();
  readonly unsettled: string[] = [];
  readonly wrong: string[] = [];
  readonly unexpected: unknown[] = [];
  readonly failures: Map<string, number> = new Map();

  count(failure: string): void {
    this.failures.set(failure, (this.failures.get(failure) ?? 0) + 1);
  }
}
