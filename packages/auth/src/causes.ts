/** Deeper than any real chain of causes; a bound against a cycle. */
const MAX_CAUSES = 5;

/** What a failed fetch may say of itself: the transport of this family does, of others the error codes have to do. */
export interface Cause {
  readonly requestSent?: unknown;
  readonly permanent?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
}

/** The error and what caused it, the outermost first. */
export function causesOf(error: unknown): readonly Cause[] {
  const causes: Cause[] = [];
  for (let link = error; causes.length < MAX_CAUSES && typeof link === 'object' && link !== null;) {
    causes.push(link);
    link = (link as Cause).cause;
  }
  return causes;
}
