/** Why a signal was aborted. One that is not the platform's may give no reason, and without one half a body would pass for a whole one. */
export function reasonOf({ reason }: AbortSignal): unknown {
  return reason === undefined ? new DOMException('This operation was aborted', 'AbortError') : reason;
}
