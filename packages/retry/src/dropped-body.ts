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
  if (response.bodyUsed) return;
  void response.body?.cancel().catch(ignore);
}

async function drain({ body }: Response): Promise<void> {
  try {
    const reader = (body as ReadableStream<Uint8Array>).getReader();
    let size = 0;
    while (size <= DRAIN_LIMIT_BYTES) {
      const { done, value } = await reader.read();
      if (done) return;
      size += value.byteLength;
    }
    await reader.cancel();
  } catch {
    // None there, broken, or locked by somebody else: in each case there is nothing left to free.
  }
}

function ignore(): void {}
