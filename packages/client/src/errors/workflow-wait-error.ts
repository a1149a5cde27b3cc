import { isInstanceByBrand } from './brand.ts';
import { ConductorSdkError } from './conductor-sdk-error.ts';

/** Why the waiting ended without what it was for. */
export type WorkflowWaitErrorCode = 'WAIT_TIMED_OUT' | 'WORKFLOW_ENDED_OTHERWISE';

/** How much of the server's reason is kept. */
const REASON_LENGTH = 600;

/** What was seen of an execution while waiting for it. */
export interface WorkflowWaitFacts {
  readonly operation: string;
  readonly workflowId: string;
  /** As it was seen last; absent where no poll got an answer. */
  readonly last: SeenWorkflow | undefined;
  readonly polls: number;
  readonly waitedMs: number;
}

/** What the error tells of the execution. */
export interface SeenWorkflow {
  readonly status: string;
  readonly reasonForIncompletion?: string | undefined;
  readonly failedReferenceTaskNames?: readonly string[] | undefined;
}

const SAYS: Readonly<Record<WorkflowWaitErrorCode, { says: string; hint: string }>> = {
  WAIT_TIMED_OUT: {
    says: 'the time ran out before the execution was there',
    hint: 'The execution goes on: wait for it again, or raise totalTimeoutMs; see `lastStatus`.',
  },
  WORKFLOW_ENDED_OTHERWISE: {
    says: 'the execution ended, but not as awaited',
    hint: 'See `lastStatus`, `reason` and `failedTasks`. For every end, wait with `until: "terminal"`.',
  },
};

/** The execution that was waited for ended otherwise (failed, terminated, timed out), or did not get there in time. */
export class WorkflowWaitError extends ConductorSdkError {
  declare readonly code: WorkflowWaitErrorCode;
  readonly operation: string;
  readonly workflowId: string;
  /** The status seen last: `FAILED`, `RUNNING`. Absent where no poll got an answer. */
  readonly lastStatus: string | undefined;
  /** Why the execution did not complete, in the server's words. */
  readonly reason: string | undefined;
  /** Reference names of the tasks that failed. */
  readonly failedTasks: readonly string[];
  readonly polls: number;
  readonly waitedMs: number;

  /** `cause` is what the last poll failed with, where it did. */
  constructor(code: WorkflowWaitErrorCode, facts: WorkflowWaitFacts, cause?: unknown) {
    const { says, hint } = SAYS[code];
    super(`${facts.operation} failed: ${says}`, cause, {
      code,
      hint,
      brands: ['WorkflowWaitError', 'ConductorSdkError'],
    });
    this.operation = facts.operation;
    this.workflowId = facts.workflowId;
    this.lastStatus = facts.last?.status;
    this.reason = facts.last?.reasonForIncompletion?.slice(0, REASON_LENGTH);
    this.failedTasks = facts.last?.failedReferenceTaskNames ?? [];
    this.polls = facts.polls;
    this.waitedMs = facts.waitedMs;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isInstanceByBrand(this, WorkflowWaitError, 'WorkflowWaitError', value);
  }
}
