import { expect, test, vi } from 'vitest';
import { cancel, drop } from '../src/dropped-body.ts';

const CHUNK_BYTES = 65_536;
/** 512 KiB in chunks. */
const CHUNKS_THAT_FIT = 8;

test('what is dropped is read to its end where that is near: the connection can be used again', async () => {
  const body = countedBody(CHUNKS_THAT_FIT);
  drop(new Response(body.stream));
  await settled();
  expect([body.given(), body.cancelled()]).toEqual([CHUNKS_THAT_FIT, false]);
});

test('past half a mebibyte the rest is cancelled', async () => {
  const body = countedBody(Infinity);
  drop(new Response(body.stream));
  await settled();
  expect([body.given(), body.cancelled()]).toEqual([CHUNKS_THAT_FIT + 1, true]);
});

test('a body that somebody has read, or reads, is theirs', async () => {
  const read = new Response('x');
  await read.text();
  drop(read);
  cancel(read);
  const body = countedBody(1);
  const reading = new Response(body.stream);
  const reader = reading.body?.getReader();
  drop(reading);
  await settled();
  expect(body.cancelled()).toBe(false);
  expect((await reader?.read())?.value?.byteLength).toBe(CHUNK_BYTES);
});

test('what somebody is reading is touched by neither', async () => {
  const touched = vi.fn();
  // Of a response whose body each time it is asked for is another stream over the same bytes, as ours are.
  const body = { getReader: touched, cancel: touched };
  const response = { bodyUsed: true, body } as unknown as Response;
  drop(response);
  cancel(response);
  await settled();
  expect(touched).not.toHaveBeenCalled();
});

test('an answer that came too late is not read at all', async () => {
  const body = countedBody(1);
  cancel(new Response(body.stream));
  await settled();
  expect([body.given(), body.cancelled()]).toEqual([0, true]);
});

test('a body that breaks while it is dropped, or refuses to be cancelled, is nobody’s trouble', async () => {
  drop(new Response(new ReadableStream({ pull: (controller) => controller.error(new Error('broken off')) })));
  cancel(new Response(new ReadableStream({ cancel: () => Promise.reject(new Error('no')) })));
  drop(new Response(null));
  cancel(new Response(null));
  // An unhandled rejection fails the run.
  await settled();
});

function countedBody(chunks: number): { stream: ReadableStream<Uint8Array>; given(): number; cancelled(): boolean } {
  let given = 0;
  let isCancelled = false;
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (given === chunks) return controller.close();
        given += 1;
        return controller.enqueue(new Uint8Array(CHUNK_BYTES));
      },
      cancel() {
        isCancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, given: () => given, cancelled: () => isCancelled };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
