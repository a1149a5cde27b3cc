import type { ApiOperation, ApiParameter } from './api-model.ts';
import { propertyKey, quoted } from './names.ts';

/**
 * operation-table.gen.ts: all operations as text, for whoever wants all of them. What the words mean is written where they
 * are read, in runtime/operation-table.ts; a test of the client holds that both forms of an operation are the same.
 */
export function renderOperationTable(operations: readonly ApiOperation[]): string {
  const groups = [...new Set(operations.map(({ group }) => group))];
  const lines = groups.map((name) => {
    const words = renderGroup(operations.filter(({ group }) => group === name));
    return `  ${propertyKey(name)}:\n    ${quoted(words)},\n`;
  });
  return `export const operationTable: Readonly<Record<string, string>> = {\n${lines.join('')}};`;
}

/** With each HTTP method: its letter, and what is usual for replay, response and body. */
const HTTP_METHODS: Readonly<Record<string, readonly [letter: string, usual: readonly string[]]>> = {
  GET: ['G', ['s', 'j', 'n']],
  POST: ['P', ['u', 'j', 'b']],
  PUT: ['U', ['s', 'v', 'b']],
  DELETE: ['D', ['s', 'v', 'n']],
};

/** The letter of the HTTP method that the first word of a name tells. */
function usualLetter(method: string): string {
  if (/^(get|list|search|check|exists)/.test(method)) return 'G';
  if (/^(delete|remove)/.test(method)) return 'D';
  return /^(update|set)/.test(method) ? 'U' : 'P';
}

const SERVERS: Readonly<Record<ApiOperation['server'], string>> = { both: '=', oss: '-', orkes: '+' };
const REPLAY: Readonly<Record<ApiOperation['replay'], string>> = { safe: 's', unsafe: 'u', keyed: 'k' };
const RESPONSE: Readonly<Record<ApiOperation['response']['kind'], string>> = {
  json: 'j',
  text: 't',
  void: 'v',
  binary: 'r',
};
const PLACES: Readonly<Record<ApiParameter['in'], string>> = { path: '', query: '', header: '@' };

function renderGroup(operations: readonly ApiOperation[]): string {
  let before = ['api'];
  const words = operations.map((operation) => {
    const pieces = operation.path
      .slice(1)
      .split('/')
      .map((piece) => pathPiece(operation, piece));
    const shared = sharedPieces(before, pieces);
    const dropped = before.length - shared;
    if (dropped > 9) refuse(operation, `${dropped} pieces less than before`);
    before = pieces;
    const [letter, usual] = HTTP_METHODS[operation.httpMethod] ?? refuse(operation, operation.httpMethod);
    const marks = marksOf(operation)
      .filter((mark) => !usual.includes(mark))
      .join('');
    const { method, server } = operation;
    const rest = pieces.slice(shared).join('/');
    const path = `${dropped || (rest === '' ? '' : '/')}${rest === method ? '.' : rest}`;
    const http = letter === usualLetter(method) ? '' : letter;
    return `${method}${SERVERS[server]}${http}${marks}${path}${params(operation)}${rules(operation)}`;
  });
  return words.join(' ');
}

function pathPiece(operation: ApiOperation, piece: string): string {
  const [, name] = /^\{([\w.-]+)\}$/.exec(piece) ?? [];
  if (name !== undefined) return `:${name}`;
  return /^[\w.-]*$/.test(piece) ? piece : refuse(operation, piece);
}

/** How many pieces are the same from the beginning. An empty last piece is never alone: nothing would stand for it. */
function sharedPieces(before: readonly string[], pieces: readonly string[]): number {
  const first = pieces.findIndex((piece, index) => piece !== before[index]);
  const shared = first === -1 ? pieces.length : first;
  return pieces.at(-1) === '' && shared === pieces.length - 1 ? shared - 1 : shared;
}

function marksOf(operation: ApiOperation): readonly string[] {
  const { replay, response, empty, idempotencyKey } = operation;
  return [
    REPLAY[replay],
    RESPONSE[response.kind],
    bodyMark(operation),
    ...(empty === undefined ? [] : [empty === 'nothing' ? 'e' : 'l']),
    ...(idempotencyKey === undefined ? [] : [idempotencyKey === 'header' ? 'h' : 'i']),
  ];
}

function bodyMark(operation: ApiOperation): string {
  const { body } = operation;
  if (body === undefined) return 'n';
  if (body.kind === 'json') return body.required ? 'b' : body.sentWhenAbsent ? 'a' : 'o';
  if (body.required && body.kind === 'list') return 'm';
  if (body.kind === 'any') return body.required ? 'q' : 'c';
  if (body.required && body.kind === 'text') return 'p';
  if (body.required && body.kind === 'binary') return 'y';
  return refuse(operation, `a body of kind ${body.kind} that is not required`);
}

function params(operation: ApiOperation): string {
  const words = operation.parameters
    .filter((parameter) => parameter.in !== 'path')
    .map((parameter) => {
      const { wait } = operation;
      if (!/^[\w.-]+$/.test(parameter.name)) refuse(operation, parameter.name);
      const place = parameter.isMap ? '*' : PLACES[parameter.in];
      const held = wait?.param === parameter.name ? `~${wait.unit}${wait.default ?? ''}` : '';
      return `${place}${parameter.name}${parameter.required ? '!' : ''}${held}`;
    });
  return words.length === 0 ? '' : `?${words.join(',')}`;
}

function rules(operation: ApiOperation): string {
  const words = operation.replayWhen.map(({ param, is, replay }) => {
    const value = JSON.stringify(is);
    if (/[\s;>]/.test(value)) refuse(operation, value);
    return `;${param}=${value}>${REPLAY[replay]}`;
  });
  return words.join('');
}

function refuse({ group, method }: ApiOperation, what: string): never {
  throw new Error(
    `${group}.${method}: the table of operations has no word for ${what} yet. Add one to it, and to its reader in the client.`,
  );
}
