import { InvalidRequestError } from '../errors/invalid-request-error.ts';
import type { Params } from './build-url.ts';
import { findJsonLoss } from './find-json-loss.ts';
import type { Operation } from './operation.ts';
import { refusal } from './refusal.ts';

/** A body ready to be sent as often as needed: every attempt sends the same characters or bytes. */
export interface EncodedBody {
  readonly content: string | Uint8Array<ArrayBuffer>;
  readonly contentType: string;
}

/** Serialises the body once per call. */
export function encodeBody(operation: Operation, body: unknown): EncodedBody | undefined {
  if (operation.body === undefined) return undefined;
  // To the server null is as good as no body.
  if (body === undefined || (body === null && (operation.bodyRequired || operation.bodySentWhenAbsent))) {
    // Conductor answers 500 to a missing body.
    if (operation.bodyRequired) {
      throw refusal(operation, 'body', 'the body is missing', 'is required: give it as `body` of the parameters.');
    }
    return operation.bodySentWhenAbsent ? { content: '{}', contentType: 'application/json' } : undefined;
  }
  switch (operation.body) {
    case 'json':
    case 'list':
    case 'any':
      mustHaveShape(operation, body);
      return { content: encodeJson(operation, body), contentType: 'application/json' };
    case 'text':
      return { content: asText(operation, body), contentType: 'text/plain;charset=UTF-8' };
    case 'form':
      return { content: encodeForm(operation, body), contentType: 'application/x-www-form-urlencoded' };
    case 'binary':
      return { content: asBytes(operation, body), contentType: 'application/octet-stream' };
  }
}

/** Conductor answers 500 to a body of another shape, and to JSON within JSON, which is what a caller's own `JSON.stringify` makes. */
function mustHaveShape(operation: Operation, body: unknown): void {
  const isList = operation.body === 'list';
  if (operation.body === 'any' || (typeof body === 'object' && Array.isArray(body) === isList)) return;
  const wanted = isList ? 'a list' : 'an object';
  const advice = typeof body === 'string' ? `is text already; give ${wanted}.` : `give ${wanted}.`;
  throw wrongType(operation, advice);
}

/** The same for the input of a start and the output of a task, which stand in a body among other things. */
function mustHoldObject(operation: Operation, body: Params | null): void {
  const { idempotencyKey, name } = operation;
  const path = idempotencyKey === 'body' ? 'input' : /^task\.update(AndPoll)?$/.test(name) && 'outputData';
  if (path && typeof body?.[path] === 'string') throw wrongType(operation, 'is text already; give an object.', path);
}

function encodeJson(operation: Operation, body: unknown): string {
  try {
    const loss = findJsonLoss(body);
    if (loss) throw new InvalidRequestError(operation.name, loss);
    mustHoldObject(operation, body as Params | null);
    return JSON.stringify(body);
  } catch (error) {
    if (error instanceof InvalidRequestError) throw error;
    // A getter or a toJSON of the user's threw, or the nesting is deeper than the stack.
    throw refusal(operation, 'body', 'the body cannot be written as JSON', 'see `cause`.', error);
  }
}

function asText(operation: Operation, body: unknown): string {
  if (typeof body === 'string') return body;
  throw wrongType(operation, 'is sent as text; give a string.');
}

function encodeForm(operation: Operation, body: unknown): string {
  if (typeof body !== 'object' || body === null) throw wrongType(operation, 'is sent as form fields; give an object.');
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(body)) {
    if (value === undefined || value === null) continue;
    if (typeof value === 'object') throw wrongType(operation, 'form fields hold texts and numbers only.');
    form.append(name, String(value));
  }
  return form.toString();
}

function asBytes(operation: Operation, body: unknown): string | Uint8Array<ArrayBuffer> {
  if (typeof body === 'string') return body;
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  if (ArrayBuffer.isView(body) && body.buffer instanceof ArrayBuffer) {
    return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  }
  // A stream could be sent once only, so a reset could not be repaired.
  throw wrongType(operation, 'is sent as bytes; give a Uint8Array, an ArrayBuffer or a string.');
}

function wrongType(operation: Operation, advice: string, path = 'body'): InvalidRequestError {
  return refusal(operation, path, 'the body has the wrong type', advice);
}
