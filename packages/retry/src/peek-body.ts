import { ignore } from './dropped-body.ts';

/**
 * Reads the start of a streaming answer's body and leaves the answer whole for its receiver. Gives as much text as fits in
 * `limitBytes`; a body that breaks gives what had come.
 */
export async function peekBody(response: Response, limitBytes: number): Promise<string> {
  // Of a body of another kind (node-fetch has Node's streams) nothing is read: its clone could stall what is left.
  if (!response.body || !('getReader' in response.body) || response.bodyUsed) return '';
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  try {
    const reader = (response.clone().body as ReadableStream<Uint8Array>).getReader();
    while (size < limitBytes) {
      const { done, value } = await reader.read();
      if (done) return text;
      size += value.byteLength;
      text += decoder.decode(value.subarray(0, limitBytes - size + value.byteLength), { stream: true });
    }
    // Ends this branch of the clone only. It settles when the other branch does, so nobody waits.
    void reader.cancel().catch(ignore);
  } catch {
    // Broken, or not to be cloned.
  }
  return text;
}
