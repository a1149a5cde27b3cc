/** Up to here reading a rest is cheaper than a new connection; past it the rest is cancelled. */
const DRAIN_LIMIT_BYTES = 524_288;

/**
 * Frees what a dropped answer holds. An unread body keeps its connection: a few large 429s would block a whole pool. Nobody
 * waits for this; a body that stalls is ended when the next step of its call begins.
 */
export function drop(response: Response): void {
  if (response.body === null || response.bodyUsed) return;
  void drain(response.body);
}

/** For an answer that came too late: its attempt is over, so there is no time to drain it in. */
export function cancel(response: Response): void {
  if (response.bodyUsed) return;
  void response.body?.cancel().catch(ignore);
}

async function drain(body: ReadableStream<Uint8Array>): Promise<void> {
  try {
    const reader = body.getReader();
    let size = 0;
    while (size <= DRAIN_LIMIT_BYTES) {
      const { done, value } = await reader.read();
      if (done) return;
      size += value.byteLength;
    }
    await reader.cancel();
  } catch {
    // Broken, or locked by somebody else: either way there is nothing left to free.
  }
}

function ignore(): void {}
