import type { ContenderName } from './contenders/contender-list.ts';
import type { CallKind } from './payloads.ts';

/** `calls` calls, `inFlight` at a time. */
export interface Load {
  /** Which of those in the process makes them. @default the first */
  readonly contender?: ContenderName | undefined;
  readonly call: CallKind;
  readonly calls: number;
  readonly inFlight: number;
}

/** What a process that holds a contender can be asked for. */
export type Job =
  | ({ readonly kind: 'load' } & Load)
  /** The same, with every allocation in the JavaScript heap sampled. */
  | ({ readonly kind: 'allocation' } & Load)
  /** `wrapFetchWithRetry` over a stub, or the stub with one AbortController and one timer. */
  | { readonly kind: 'stub'; readonly wrapped: boolean; readonly calls: number };

export interface JobResult {
  /** User and system time of all threads of the process. */
  readonly cpuUs: number;
  readonly wallMs: number;
  /** The most memory that the process has ever had. */
  readonly peakRssMb: number;
  /** Of the `allocation` job. */
  readonly allocatedBytes: number;
}
