/** Why a signal was aborted. One that is not the platform's (abort-controller of npm) may give no reason, and has no `throwIfAborted`. */
export function reasonOf({ reason }: AbortSignal): Error {
  return (reason ?? new DOMException('This operation was aborted', 'AbortError')) as Error;
}

/** @throws the reason of the signal. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw reasonOf(signal);
}
