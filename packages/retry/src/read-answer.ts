import { asResponse, BufferedResponse } from './buffered-response.ts';
import { peekBody } from './peek-body.ts';

/** Reads an answer to the end of its body; how much that may be is for the fetch below to limit. */
export async function readAnswer(response: Response): Promise<Response> {
  try {
    // `bytes` is younger than `arrayBuffer`: not every fetch has it.
    const hasBytes = typeof response.bytes === 'function';
    const bytes = hasBytes ? await response.bytes() : new Uint8Array(await response.arrayBuffer());
    return asResponse(new BufferedResponse(response, bytes));
  } catch (error) {
    if (response.status < 400) throw error;
    // That the server refuses is known; only its words are lost. Half of them would be worse than none.
    return asResponse(new BufferedResponse(response, new Uint8Array()));
  }
}

/** The answer with as much of its body as fits; the rest of it is dropped. */
export async function readStart(response: Response, limitBytes: number): Promise<Response> {
  const text = await peekBody(response, limitBytes);
  void response.body?.cancel().catch(ignore);
  return asResponse(new BufferedResponse(response, new TextEncoder().encode(text)));
}

function ignore(): void {}
