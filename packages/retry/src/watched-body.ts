import type { Interruption } from './interruption.ts';

const READERS = ['json', 'text', 'arrayBuffer', 'bytes', 'blob', 'formData'] as const;

/** An answer that nobody reads must not keep its listener on a signal that lives as long as the process. */
const forgotten = /* @__PURE__ */ new FinalizationRegistry<Interruption>((interruption) => interruption.release());

/**
 * Lets the user's signal end the body of a streaming answer, and takes the listener off when the body has ended. The response
 * stays the object it was (instanceof, url, type); only its ways to the body are replaced.
 */
export function watchBody(response: Response, interruption: Interruption): void {
  const { body } = response;
  if (body === null) {
    interruption.release();
    return;
  }
  // One of another kind is left as it is: node-fetch gives Node's streams, some fetches none at all.
  if (body && 'getReader' in body) {
    let stream: ReadableStream<Uint8Array> | undefined;
    // Not `Object.defineProperty`, which throws where the response is frozen: the answer counts for more than the watch over it.
    Reflect.defineProperty(response, 'body', {
      configurable: true,
      get() {
        // Whoever has taken the stream may let go of the response.
        if (stream === undefined) forgetWith((stream = watchStream(body, interruption)), interruption);
        return stream;
      },
    });
  }
  for (const name of READERS) {
    const read: unknown = response[name];
    if (typeof read !== 'function') continue;
    Reflect.defineProperty(response, name, {
      configurable: true,
      value: () => readWatched(() => read.call(response) as Promise<unknown>, interruption),
    });
  }
  forgetWith(response, interruption);
}

/** The listener goes with this object, and with no other. */
function forgetWith(object: object, interruption: Interruption): void {
  forgotten.unregister(interruption);
  forgotten.register(object, interruption, interruption);
}

async function readWatched(read: () => Promise<unknown>, interruption: Interruption): Promise<unknown> {
  // From here on the end of the body takes it off.
  forgotten.unregister(interruption);
  try {
    return await interruption.wait(read());
  } finally {
    interruption.release();
  }
}

function watchStream(body: ReadableStream<Uint8Array>, interruption: Interruption): ReadableStream<Uint8Array> {
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  return new ReadableStream({
    type: 'bytes',
    async pull(controller) {
      reader ??= body.getReader();
      try {
        const { done, value } = await interruption.wait(reader.read());
        if (!done) {
          controller.enqueue(value);
          return;
        }
        interruption.release();
        controller.close();
        controller.byobRequest?.respond(0);
      } catch (error) {
        interruption.release();
        throw error;
      }
    },
    async cancel(reason) {
      interruption.release();
      reader ??= body.getReader();
      await reader.cancel(reason);
    },
  });
}
