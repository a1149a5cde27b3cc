/**
 * Reads the start of a streaming answer's body and leaves the answer whole for its receiver. Gives as much text as fits in
 * `limitBytes`; a body that breaks gives what had come.
 */
export async function peekBody(response: Response, limitBytes: number): Promise<string> {
  if (response.body === null || response.bodyUsed) return '';
  const reader = response.clone().body?.getReader();
  if (reader === undefined) return '';
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  try {
    while (size < limitBytes) {
      const { done, value } = await reader.read();
      if (done) return text;
      size += value.byteLength;
      text += decoder.decode(value.subarray(0, limitBytes - size + value.byteLength), { stream: true });
    }
  } catch {
    return text;
  }
  // Ends this branch of the clone only. It settles when the other branch does, so nobody waits.
  void reader.cancel().catch(ignore);
  return text;
}

function ignore(): void {}
