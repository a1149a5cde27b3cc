import { ServerError } from '../engine/server-error.ts';
import type { Route } from './route.ts';

/** Reads a body as the server's framework does; what it cannot read is a 500, not a 400. */
export function readJsonBody(shape: Route['body'], contentType: string | undefined, bytes: Buffer): unknown {
  if (shape === undefined) return undefined;
  if (bytes.length === 0 && (shape === 'text' || contentType === undefined || isJson(contentType))) throw missing();
  if (shape === 'text') return bytes.toString('utf8');
  if (!isJson(contentType ?? '')) {
    throw new ServerError(500, `Content-Type '${named(contentType)}' is not supported`);
  }
  const value = parse(bytes);
  if (value === null) throw missing();
  if (shape === 'array' && !Array.isArray(value)) throw wrongShape('java.util.ArrayList<java.lang.Object>', value);
  if (shape === 'object-or-text' && typeof value === 'string') return value;
  if (shape !== 'array' && (typeof value !== 'object' || Array.isArray(value))) {
    throw wrongShape('java.util.LinkedHashMap<java.lang.String,java.lang.Object>', value);
  }
  return value;
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new ServerError(500, `JSON parse error: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** `application/json` and `application/anything+json`, with or without parameters. */
const isJson = (contentType: string): boolean => /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(contentType);

/** The server adds the charset that it would have read the body with. */
function named(contentType: string | undefined): string {
  if (!contentType) return 'application/octet-stream';
  return /charset=/i.test(contentType)
    ? contentType.replaceAll('; ', ';')
    : `${contentType.toLowerCase()};charset=UTF-8`;
}

const missing = (): ServerError => new ServerError(500, 'Required request body is missing: public handler method');

const wrongShape = (type: string, value: unknown): ServerError =>
  new ServerError(500, `JSON parse error: Cannot deserialize value of type \`${type}\` from ${describe(value)}`);

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'Array value (token `JsonToken.START_ARRAY`)';
  return typeof value === 'object' ? 'Object value (token `JsonToken.START_OBJECT`)' : `${typeof value} value`;
}
