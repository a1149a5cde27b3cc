/** One attempt that failed, as the retry layer reports it. */
export interface AttemptFailure {
  readonly outcome: string;
  readonly status?: number | undefined;
  readonly code?: string | undefined;
  readonly durationMs: number;
}

/** Which call an error belongs to. Ids and hosts are left out on purpose: `pathTemplate` is safe as a label. */
export interface CallFacts {
  /** Group and method, as in `client.workflow.get`: `workflow.get`. */
  readonly operation: string;
  readonly method: string;
  /** The path with its parameters unfilled: `/api/workflow/{workflowId}`. */
  readonly pathTemplate: string;
  /** How often the request was sent, or tried to be. */
  readonly attempts: number;
  /** From the start of the call to its failure, with all waits. */
  readonly elapsedMs: number;
  /** What the connections to this server speak, where that is known. */
  readonly protocol?: 'h1' | 'h2' | undefined;
  /** The attempts that failed before the last one and the last one itself, where the retry layer kept them. */
  readonly failures?: readonly AttemptFailure[] | undefined;
}
