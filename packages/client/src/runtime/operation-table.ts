import { operationTable } from '../generated/operation-table.gen.ts';
import { defineOperation, type OperationDetails } from './define-operation.ts';
import type { HttpMethod, Operation, ReplayRule, ServerMark, ServerWait } from './operation.ts';

/*
 * All operations as text, one string a group, which is read when somebody asks for the group. Written out, as they are
 * for functions that are imported one by one, they would be an eighth of a bundle of the whole client, and work at import.
 *
 * One word is one operation: `getTasks=G4tasks?status,count!`
 *
 *   getTasks   its method
 *   =          its server: `=` both, `-` open source, `+` Orkes
 *   G          its HTTP method, by a letter of HTTP_METHODS, which also stands for the marks usual with it
 *   svn…       letters of MARKS that differ from the usual ones
 *   4          how many pieces of the path before are those of this path as well (in each group, `/api` comes first)
 *   tasks/:id  the other pieces; `:` says that it is a parameter
 *   ?a,@b,*c   parameters: in the query, in a header, a map of query parameters
 *   !          the caller must give it
 *   ~ms100     the server waits for as long as it says, or for 100 ms
 *   ;a=true>u  with `a: true`, the replay mark is unsafe
 */

const WORD = /^(\w+)(\W)([A-Z])([a-z]*)(\d)([^?;]*)\??([^;]*)(.*)$/;
const PARAM = /^([@*]?)([^!~]+)(!?)(?:~(m?s)(\d*))?$/;

/** The letter of an HTTP method, and the marks usual with it. */
const HTTP_METHODS: Readonly<Record<string, readonly [HttpMethod, string]>> = {
  G: ['GET', 'sjn'],
  P: ['POST', 'ujb'],
  U: ['PUT', 'svb'],
  D: ['DELETE', 'svn'],
};

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
    const [, method, server = '', letter = '', marks = '', shared, rest = '', params = '', rules = ''] =
      WORD.exec(word) ?? [];
    pieces = [...pieces.slice(0, Number(shared)), ...(rest === '' ? [] : rest.split('/'))];
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
