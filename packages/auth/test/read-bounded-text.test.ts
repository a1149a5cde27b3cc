import { expect, test } from 'vitest';
import { readBoundedText } from '../src/read-bounded-text.ts';

test('a text of the allowed length is read, a longer one is not, with a stream or without', async () => {
  const without = (text: string): Response => ({ body: null, text: async () => text }) as unknown as Response;
  for (const response of [(text: string) => new Response(text), without]) {
    expect(await readBoundedText(response('abcd'), 4)).toBe('abcd');
    expect(await readBoundedText(response('abcde'), 4)).toBeUndefined();
  }
});

test('the rest of a text that is too long is not downloaded', async () => {
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(10)),
    cancel: () => void (cancelled = true),
  });
  expect(await readBoundedText(new Response(body), 4)).toBeUndefined();
  expect(cancelled).toBe(true);
});
