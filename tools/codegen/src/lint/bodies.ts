import type { Document, MediaSource } from '../document.ts';
import { eachOperation, type LocatedOperation } from './each-operation.ts';

const REQUEST_TYPES = [
  'application/json',
  'text/plain',
  'application/x-www-form-urlencoded',
  'application/octet-stream',
];
const RESPONSE_TYPES = ['application/json', 'text/plain', 'application/octet-stream'];

/** Bodies have one content type each, and it says how they are read: an id is text, never JSON. */
export function* lintBodies(document: Document): Iterable<string> {
  for (const located of eachOperation(document)) {
    yield* lintRequest(located);
    yield* lintResponses(located);
  }
}

function* lintRequest({ where, httpMethod, operation }: LocatedOperation): Iterable<string> {
  const { requestBody } = operation;
  if (requestBody === undefined) return;
  if (httpMethod === 'get' || httpMethod === 'head') yield `${where}: cannot have a request body.`;
  yield* lintContent(`${where}: the request body`, requestBody.content, REQUEST_TYPES);
  if (!('description' in requestBody)) yield `${where}: the request body has no description.`;
  for (const { schema } of Object.values(requestBody.content ?? {})) {
    if (schema?.['default'] === undefined) continue;
    if (JSON.stringify(schema['default']) !== '{}' || !requestBody.required) {
      yield `${where}: the only default of a request body is {}, on a required one: it is sent when a caller gives none.`;
    }
  }
}

function* lintResponses({ where, operation }: LocatedOperation): Iterable<string> {
  const successes = Object.entries(operation.responses ?? {}).filter(([status]) => /^2\d\d$/.test(status));
  if (successes.length === 0) yield `${where}: has no 2xx response.`;
  const withBody = successes.flatMap(([, response]) => (response.content === undefined ? [] : [response.content]));
  if (withBody.length > 1) yield `${where}: has several 2xx responses with a body. Callers get one type.`;
  for (const content of withBody) yield* lintContent(`${where}: the response`, content, RESPONSE_TYPES);

  const empty = operation['x-conductor-empty'];
  const type = Object.values(withBody[0] ?? {})[0]?.schema?.type;
  if (withBody.length > 0 && successes.length > withBody.length && empty === undefined) {
    yield `${where}: may succeed without a body. Say with x-conductor-empty what that means: nothing or list.`;
  }
  if (empty === 'list' && type !== 'array') yield `${where}: x-conductor-empty is list, but the response is none.`;
  if (empty !== undefined && withBody.length === 0) yield `${where}: x-conductor-empty is for responses with a body.`;
}

function* lintContent(
  what: string,
  content: Readonly<Record<string, MediaSource>> | undefined,
  allowed: readonly string[],
): Iterable<string> {
  const [type, ...others] = Object.keys(content ?? {});
  if (type === undefined) return yield `${what} has no content type.`;
  if (others.length > 0) yield `${what} has several content types. Keep one.`;
  if (!allowed.includes(type)) yield `${what} is \`${type}\`. It may be ${allowed.join(', ')}.`;
  const schema = content?.[type]?.schema;
  if (schema === undefined) yield `${what} has no schema.`;
  else if (type === 'text/plain' && schema.type !== 'string')
    yield `${what} is text/plain, so its schema must be a string.`;
}
