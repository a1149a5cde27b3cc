import { asResponse, BufferedResponse } from './buffered-response.ts';
import { cancel } from './dropped-body.ts';
import { peekBody } from './peek-body.ts';

/** The answer of a success broke off in its body. Never leaves this package. */
export class LostBody {
  readonly reason: unknown;

  constructor(reason: unknown) {
    this.reason = reason;
  }
}

/** Reads an answer to the end of its body, at once where all of it is there; how much that may be is for the fetch below to limit. */
export function readAnswer(response: Response): Response | Promise<Response> {
  try {
    const bytes = bytesOf(response);
    // Not `instanceof Promise`: where code runs in a context of its own, as in Jest, the platform's promises are of another one.
    return 'then' in bytes ? readLater(response, bytes) : whole(response, bytes);
  } catch (error) {
    return lost(response, error);
  }
}

async function readLater(response: Response, bytes: Promise<Uint8Array>): Promise<Response> {
  try {
    return whole(response, await bytes);
  } catch (error) {
    return lost(response, error);
  }
}

function whole(response: Response, bytes: Uint8Array): Response {
  return asResponse(new BufferedResponse(response, bytes));
}

/** @throws LostBody */
function lost(response: Response, error: unknown): Response {
  if (response.status < 400) throw new LostBody(error);
  // That the server refuses is known; only its words are lost. Half of them would be worse than none.
  return whole(response, new Uint8Array());
}

/** What a response of our transport has beyond those of the platform. */
interface ViewedResponse {
  /** The whole body as it lies in memory, perhaps amid other bytes; at once where it is there. */
  viewBytes(): Uint8Array | Promise<Uint8Array>;
}

function bytesOf(response: Response & Partial<ViewedResponse>): Uint8Array | Promise<Uint8Array> {
  if (typeof response.viewBytes === 'function') return response.viewBytes();
  // `bytes` is younger than `arrayBuffer`: not every fetch has it.
  if (typeof response.bytes === 'function') return response.bytes();
  return response.arrayBuffer().then((buffer) => new Uint8Array(buffer));
}

/** The answer with as much of its body as fits; the rest of it is dropped. */
export async function readStart(response: Response, limitBytes: number): Promise<Response> {
  const text = await peekBody(response, limitBytes);
  cancel(response);
  return whole(response, new TextEncoder().encode(text));
}
