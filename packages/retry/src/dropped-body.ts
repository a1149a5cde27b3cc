/** Up to here reading a rest is cheaper than a new connection; past it the rest is cancelled. */
const DRAIN_LIMIT_BYTES = 524_288;

/**
 * Frees what a dropped answer holds. An unread body keeps its connection: a few large 429s would block a whole pool. Nobody
 * waits for this; a body that stalls is ended when the next step of its call begins.
 */
export function drop(response: Response): void {
  if (!response.bodyUsed) void drain(response);
}

/** For an answer that came too late: its attempt is over, so there is no time to drain it in. */
export function cancel(response: Response): void {
  void free(response);
}

/** Nobody waits for this: whatever a foreign fetch calls an answer, nothing of it may end the process as an unhandled rejection. */
async function free(response: Response): Promise<void> {
  try {
    if (response.bodyUsed) return;
    const body = response.body as (ReadableStream & { destroy?(): void }) | null;
    // node-fetch gives a stream of Node's.
    await (typeof body?.destroy === 'function' ? body.destroy() : body?.cancel());
  } catch {
    // There is nothing left to free.
  }
}

async function drain(response: Response): Promise<void> {
  try {
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    let size = 0;
    while (size <= DRAIN_LIMIT_BYTES) {
      const { done, value } = await reader.read();
      if (done) return;
      size += value.byteLength;
    }
    await reader.cancel();
  } catch {
    // None there, broken, locked by somebody else, or of another kind.
    await free(response);
  }
}

/** For a rejection that nobody is interested in. */
export function ignore(): void {}
