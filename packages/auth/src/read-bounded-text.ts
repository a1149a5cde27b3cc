/** The body as text, or `undefined` if it is longer than `maxBytes`; the rest of it is then not downloaded. */
export async function readBoundedText(response: Response, maxBytes: number): Promise<string | undefined> {
  const { body } = response;
  if (!body || !('getReader' in body)) {
    // No body, a fetch whose responses cannot stream, or one that gives streams of Node's (node-fetch).
    const text = await response.text();
    return text.length > maxBytes ? undefined : text;
  }
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      // Not awaited: a stalled connection must not hold up the verdict.
      reader.cancel().catch(() => {});
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}
