/** As the method of a signal does it, which signals of older libraries lack, as they lack its reason. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw signal.reason ?? new DOMException('The call was aborted', 'AbortError');
}
