import type { Operation } from './operation.ts';
import { refusal } from './refusal.ts';

/** Parameters of one call by name. */
export type Params = Readonly<Record<string, unknown>>;

/** Nothing that would be encoded (RFC 3986, 2.3): so are nearly all ids and names, and to look is cheaper than to encode. */
const UNRESERVED = /^[\w.~-]*$/;

/** The URL as a string, put together from the pieces of the operation's path: nothing is parsed on the way. */
export function buildUrl(baseUrl: string, operation: Operation, params: Params): string {
  const { path, pathParams } = operation;
  let url = baseUrl + (path[0] ?? '');
  let place = 0;
  for (const name of pathParams) {
    place += 1;
    url += pathSegment(operation, name, params[name]) + (path[place] ?? '');
  }
  return url + queryString(operation, params);
}

function pathSegment(operation: Operation, name: string, value: unknown): string {
  const text = scalarText(operation, name, value);
  if (text === '') {
    const advice = value === '' ? 'is empty.' : 'is required.';
    throw refusal(operation, name, 'a parameter of the path is missing', advice);
  }
  // Even percent-encoded, a URL parser takes these for "here" and "one up" (WHATWG URL, double-dot segment).
  if (text === '.' || text === '..') {
    const advice = 'is a dot segment, which no URL can carry.';
    throw refusal(operation, name, 'a parameter of the path would lead elsewhere', advice);
  }
  // Also encodes ";", behind which Tomcat would look for matrix parameters and drop the rest of the name.
  return encode(operation, name, text);
}

function queryString(operation: Operation, params: Params): string {
  let query = '';
  for (const name of operation.queryParams) query = withParameter(query, operation, name, params[name]);
  for (const map of operation.queryMaps ?? []) {
    for (const [name, value] of Object.entries(params[map] ?? {})) query = withParameter(query, operation, name, value);
  }
  return query;
}

function withParameter(query: string, operation: Operation, name: string, value: unknown): string {
  if (value === undefined || value === null) return query;
  if (!Array.isArray(value)) return query + pair(query, operation, name, value);
  let longer = query;
  for (const item of value) longer += pair(longer, operation, name, item);
  return longer;
}

function pair(before: string, operation: Operation, name: string, value: unknown): string {
  const text = scalarText(operation, name, value);
  const encoded = typeof value === 'boolean' ? text : encode(operation, name, text);
  return `${before === '' ? '?' : '&'}${encode(operation, name, name)}=${encoded}`;
}

/** The text of a string, number, boolean or bigint; '' for nothing; anything else is refused. */
export function scalarText(operation: Operation, name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean' || typeof value === 'bigint' || Number.isFinite(value)) return `${value as number}`;
  const advice = 'give a string, number or boolean (for a time, its milliseconds).';
  throw refusal(operation, name, 'a parameter has a type that no URL or header can carry', advice);
}

function encode(operation: Operation, name: string, text: string): string {
  if (UNRESERVED.test(text)) return text;
  try {
    return encodeURIComponent(text);
  } catch (error) {
    const advice = 'holds half of a surrogate pair: it was cut in the middle of a character.';
    throw refusal(operation, name, 'a parameter is not valid Unicode text', advice, error);
  }
}
