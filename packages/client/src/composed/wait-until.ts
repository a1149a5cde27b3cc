import type { WorkflowExecutionStatus } from '../generated/types.gen.ts';

/**
 * What to wait for: that the execution has completed, that it has ended in any way, that it has one of some statuses,
 * or whatever a function says of it.
 */
export type WaitUntil<Seen> =
  | 'completed'
  | 'terminal'
  | readonly WorkflowExecutionStatus[]
  | ((workflow: Seen) => boolean);

/** `there`: what was awaited. `missed`: it has ended, so it will not get there. `not-yet`: neither. */
export type WaitVerdict = 'there' | 'missed' | 'not-yet';

/** A status of a newer server that we do not know counts as "goes on". */
const TERMINAL: readonly WorkflowExecutionStatus[] = ['COMPLETED', 'FAILED', 'TIMED_OUT', 'TERMINATED'];

/** Whether it is anything of the above, for callers without a compiler. */
export function isWaitUntil(until: unknown): boolean {
  return until === 'completed' || until === 'terminal' || typeof until === 'function' || Array.isArray(until);
}

export function judge<Seen extends { readonly status: WorkflowExecutionStatus }>(
  workflow: Seen,
  until: WaitUntil<Seen>,
): WaitVerdict {
  if (isThere(workflow, until)) return 'there';
  return TERMINAL.includes(workflow.status) ? 'missed' : 'not-yet';
}

function isThere<Seen extends { readonly status: WorkflowExecutionStatus }>(
  workflow: Seen,
  until: WaitUntil<Seen>,
): boolean {
  if (typeof until === 'function') return until(workflow);
  if (until === 'completed') return workflow.status === 'COMPLETED';
  return (until === 'terminal' ? TERMINAL : until).includes(workflow.status);
}
