import { operationTable } from '../generated/operation-table.gen.ts';
import { defineOperation, type OperationDetails } from './define-operation.ts';
import type { HttpMethod, Operation, ReplayRule, ServerMark, ServerWait } from './operation.ts';

/*
 * All operations as text, one string a group, which is read when somebody asks for the group. Written out, as they are
 * for functions that are imported one by one, they would be an eighth of a bundle of the whole client, and work at import.
 *
 * One word is one operation: `getTasks=1tasks?status,count!`
 *
 *   getTasks   its method
 *   =          its server: `=` both, `-` open source, `+` Orkes
 *   G          its HTTP method, by a letter of HTTP_METHODS, where the first word of the name does not tell (VERBS)
 *   svn…       letters of MARKS that differ from those usual with the HTTP method
 *   1          how many pieces at the end of the path before are not in this one (in each group, `/api` comes first);
 *              `/` for none, and nothing for the very same path
 *   tasks/:id  the pieces in their place; `:` says that it is a parameter, and `.` stands for the method
 *   ?a,@b,*c   parameters: in the query, in a header, a map of query parameters
 *   !          the caller must give it
 *   ~ms100     the server waits for as long as it says, or for 100 ms
 *   ;a=true>u  with `a: true`, the replay mark is unsafe
 */

const WORD = /^(\w+)(\W)([A-Z]?)([a-z]*)([\d/]?)([^?;]*)\??([^;]*)(.*)$/;
const PARAM = /^([@*]?)([^!~]+)(!?)(?:~(m?s)(\d*))?$/;

/** The letter of an HTTP method, and the marks usual with it. */
const HTTP_METHODS: Readonly<Record<string, readonly [HttpMethod, string]>> = {
  G: ['GET', 'sjn'],
  P: ['POST', 'ujb'],
  U: ['PUT', 'svb'],
  D: ['DELETE', 'svn'],
};

/** What the first word of a method's name says of its HTTP method; any other says POST. */
const VERBS: readonly (readonly [verb: RegExp, letter: string])[] = [
  [/^(get|list|search|check|exists)/, 'G'],
  [/^(delete|remove)/, 'D'],
  [/^(update|set)/, 'U'],
  [/^/, 'P'],
];

const SERVERS: Readonly<Record<string, ServerMark>> = { '=': 'both', '-': 'oss', '+': 'orkes' };

const MARKS: Readonly<Record<string, Partial<Operation>>> = {
  s: { replay: 'safe' },
  u: { replay: 'unsafe' },
  k: { replay: 'keyed' },
  j: { response: 'json' },
  t: { response: 'text' },
  v: { response: 'void' },
  r: { response: 'binary' },
  n: { body: undefined, bodyRequired: undefined },
  b: { body: 'json', bodyRequired: true },
  o: { body: 'json', bodyRequired: undefined },
  a: { body: 'json', bodyRequired: undefined, bodySentWhenAbsent: true },
  m: { body: 'list', bodyRequired: true },
  q: { body: 'any', bodyRequired: true },
  c: { body: 'any', bodyRequired: undefined },
  p: { body: 'text', bodyRequired: true },
  y: { body: 'binary', bodyRequired: true },
  e: { empty: 'nothing' },
  l: { empty: 'list' },
  h: { idempotencyKey: 'header' },
  i: { idempotencyKey: 'body' },
};

/** What was read so far, for the life of the process: operations are constants, and all clients have the same. */
const known = new Map<string, readonly Operation[]>();

/** The operations of one group. */
export function operationsOf(group: string): readonly Operation[] {
  let operations = known.get(group);
  if (operations === undefined) known.set(group, (operations = readGroup(group)));
  return operations;
}

/** The operation with this name, `workflow.get`. */
export function operationNamed(name: string): Operation | undefined {
  return operationsOf(name.split('.')[0] ?? '').find((operation) => operation.name === name);
}

/** `workflow`, `task` and all others. */
export function groupNames(): readonly string[] {
  return Object.keys(operationTable);
}

export function allOperations(): readonly Operation[] {
  return groupNames().flatMap(operationsOf);
}

function readGroup(group: string): readonly Operation[] {
  let pieces = ['api'];
  return (operationTable[group]?.split(' ') ?? []).map((word) => {
    const [, method = '', server = '', odd, marks = '', dropped, rest = '', params = '', rules = ''] =
      WORD.exec(word) ?? [];
    const letter = odd || VERBS.find(([verb]) => verb.test(method))?.[1] || '';
    const kept = pieces.slice(0, pieces.length - (Number(dropped) || 0));
    pieces = rest === '' ? kept : [...kept, ...(rest === '.' ? method : rest).split('/')];
    const path = pieces.map((piece) => piece.replace(/^:(.*)/, '/{$1}').replace(/^\/?/, '/')).join('');
    const [httpMethod, usual] = HTTP_METHODS[letter] ?? ['GET', ''];
    const marked: OperationDetails = Object.assign({}, ...Array.from(usual + marks, (mark) => MARKS[mark]));
    return defineOperation(`${group}.${method}`, httpMethod, path, 'safe', SERVERS[server] ?? 'both', 'json', {
      ...marked,
      ...readParams(params),
      ...readRules(rules),
    });
  });
}

function readParams(text: string): OperationDetails {
  const query: string[] = [];
  const headers: string[] = [];
  const maps: string[] = [];
  const required: string[] = [];
  let wait: ServerWait | undefined;
  for (const word of text === '' ? [] : text.split(',')) {
    const [, place, param = '', must, unit, byDefault] = PARAM.exec(word) ?? [];
    (place === '@' ? headers : place === '*' ? maps : query).push(param);
    if (must) required.push(param);
    if (unit) wait = { param, unit: unit as ServerWait['unit'], ...(byDefault && { defaultValue: Number(byDefault) }) };
  }
  return {
    queryParams: query,
    headerParams: headers,
    ...(maps.length > 0 && { queryMaps: maps }),
    ...(required.length > 0 && { requiredParams: required }),
    wait,
  };
}

function readRules(text: string): OperationDetails {
  const rules = Array.from(text.matchAll(/;(.+?)=(.+?)>(.)/g), ([, param = '', is = '', mark = '']): ReplayRule => {
    return { param, is: JSON.parse(is) as ReplayRule['is'], replay: MARKS[mark]?.replay ?? 'unsafe' };
  });
  return rules.length > 0 ? { replayWhen: rules } : {};
}
