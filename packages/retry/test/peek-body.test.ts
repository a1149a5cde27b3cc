import { expect, test } from 'vitest';
import { peekBody } from '../src/peek-body.ts';

test('text that comes in pieces, in the middle of a character too, is put together', async () => {
  const response = new Response(pieces(Uint8Array.of(0x61, 0xc3), Uint8Array.of(0xa9, 0x62)));
  expect(await peekBody(response, 100)).toBe('aéb');
  expect(await response.text()).toBe('aéb');
});

test('no more is given than the limit, however it was cut on the wire', async () => {
  expect(await peekBody(new Response('abcdef'), 4)).toBe('abcd');
  expect(await peekBody(new Response(pieces(bytes('abc'), bytes('def'), bytes('ghi'))), 5)).toBe('abcde');
  expect(await peekBody(new Response(pieces(bytes('abc'), bytes('def'))), 3)).toBe('abc');
});

test('a body that breaks gives what had come', async () => {
  let pulls = 0;
  const broken = new ReadableStream({
    pull(controller) {
      pulls += 1;
      if (pulls === 1) controller.enqueue(bytes('start'));
      else controller.error(new Error('reset'));
    },
  });
  expect(await peekBody(new Response(broken), 100)).toBe('start');
});

test('no body, and one that somebody has read, give nothing', async () => {
  expect(await peekBody(new Response(null), 100)).toBe('');
  const used = new Response('abc');
  await used.text();
  expect(await peekBody(used, 100)).toBe('');
});

function pieces(...chunks: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(controller) {
      const chunk = chunks.shift();
      if (chunk === undefined) controller.close();
      else controller.enqueue(chunk);
    },
  });
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

test('of no body, of one that was read, and of one of another kind nothing is read', async () => {
  const used = new Response('x');
  await used.text();
  const foreign = { body: { pipe() {} }, clone: () => new Response('x') } as unknown as Response;
  for (const response of [new Response(null), used, foreign]) expect(await peekBody(response, 10)).toBe('');
});
