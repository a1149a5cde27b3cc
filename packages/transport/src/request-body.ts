import { TransportError } from './transport-error.ts';

/** `bytes` can be sent again, a `stream` cannot. */
export type RequestBody = Buffer | AsyncIterable<Uint8Array> | null;

export interface EncodedBody {
  readonly body: RequestBody;
  /** What to send as content-type if the caller says nothing. */
  readonly contentType: string | undefined;
}

const NO_BODY: EncodedBody = { body: null, contentType: undefined };

function encoded(body: RequestBody, contentType?: string): EncodedBody {
  return { body, contentType };
}

/** Everything fetch accepts as a body, told apart by shape: the classes may come from any copy of undici, or from the platform. */
export function encodeBody(body: unknown): EncodedBody | Promise<EncodedBody> {
  if (body === undefined || body === null) return NO_BODY;
  if (typeof body === 'string') return encoded(Buffer.from(body), 'text/plain;charset=UTF-8');
  if (Buffer.isBuffer(body)) return encoded(body);
  if (ArrayBuffer.isView(body)) return encoded(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
  if (body instanceof ArrayBuffer || body instanceof SharedArrayBuffer) return encoded(Buffer.from(body));
  if (typeof body !== 'object') throw new TransportError('INVALID_REQUEST', { detail: 'body' });
  switch ((body as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag]) {
    case 'URLSearchParams':
      return encoded(Buffer.from(String(body as URLSearchParams)), 'application/x-www-form-urlencoded;charset=UTF-8');
    case 'FormData':
      return encodeForm(body as Iterable<readonly [string, string | FileLike]>);
    case 'Blob':
    case 'File':
      return encodeBlob(body as FileLike);
    default:
  }
  if (Symbol.asyncIterator in body || Symbol.iterator in body) {
    const source = body as AsyncIterable<unknown> & { readonly locked?: boolean };
    if (source.locked === true) throw new TransportError('INVALID_REQUEST', { detail: 'body: the stream is locked' });
    return encoded(chunksOf(source));
  }
  throw new TransportError('INVALID_REQUEST', { detail: 'body' });
}

/** A Blob or File of any copy of undici, or of the platform. */
interface FileLike {
  readonly type: string;
  readonly name?: string;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Written by the platform's Response, which a form of the platform has loaded already. */
async function encodeForm(form: Iterable<readonly [string, string | FileLike]>): Promise<EncodedBody> {
  const own = new FormData();
  for (const [name, value] of form) {
    if (typeof value === 'string') own.append(name, value);
    else own.append(name, new Blob([await value.arrayBuffer()], { type: value.type }), value.name ?? 'blob');
  }
  const written = new Response(own);
  return encoded(Buffer.from(await written.arrayBuffer()), written.headers.get('content-type') ?? undefined);
}

async function encodeBlob(blob: FileLike): Promise<EncodedBody> {
  return encoded(Buffer.from(await blob.arrayBuffer()), blob.type || undefined);
}

async function* chunksOf(source: AsyncIterable<unknown>): AsyncGenerator<Uint8Array, void, void> {
  try {
    for await (const chunk of source) {
      if (typeof chunk === 'string') yield Buffer.from(chunk);
      else if (chunk instanceof Uint8Array) yield chunk;
      else throw new TypeError('A chunk of the body is neither text nor bytes');
    }
  } catch (cause) {
    throw new TransportError('REQUEST_BODY_FAILED', { cause });
  }
}
