import type { Document, OperationSource } from '../document.ts';
import { eachOperation } from './each-operation.ts';

const KNOWN_MARKS: Readonly<Record<string, readonly string[] | undefined>> = {
  'x-conductor-group': undefined,
  'x-conductor-method': undefined,
  'x-conductor-replay': ['safe', 'unsafe', 'keyed'],
  'x-conductor-replay-when': undefined,
  'x-conductor-idempotency-key': ['header', 'body'],
  'x-conductor-server': ['oss', 'orkes', 'both'],
  'x-conductor-wait': undefined,
  'x-conductor-empty': ['nothing', 'list'],
};

const REQUIRED_MARKS = ['x-conductor-group', 'x-conductor-method', 'x-conductor-replay', 'x-conductor-server'] as const;

/** Our own marks: all there, known values only, and no contradictions. */
export function* lintMarks(document: Document): Iterable<string> {
  for (const { where, operation } of eachOperation(document)) {
    if (operation.summary === undefined) yield `${where}: has no summary. Say in one line what it does.`;
    for (const mark of REQUIRED_MARKS) {
      if (operation[mark] === undefined) yield `${where}: has no ${mark}.`;
    }
    for (const [key, value] of Object.entries(operation)) {
      if (!key.startsWith('x-') || value === undefined) continue;
      if (!Object.hasOwn(KNOWN_MARKS, key)) {
        yield `${where}: ${key} is unknown. Known are ${Object.keys(KNOWN_MARKS).join(', ')}.`;
      } else if (KNOWN_MARKS[key]?.includes(value as string) === false) {
        yield `${where}: ${key} is \`${value}\`. It may be ${KNOWN_MARKS[key].join(', ')}.`;
      }
    }
    yield* lintKey(where, operation);
    yield* lintConditions(where, operation);
    yield* lintWait(where, operation);
  }
}

function* lintKey(where: string, operation: OperationSource): Iterable<string> {
  const place = operation['x-conductor-idempotency-key'];
  const keyed = operation['x-conductor-replay'] === 'keyed';
  if (keyed !== (place !== undefined)) {
    yield `${where}: x-conductor-replay: keyed and x-conductor-idempotency-key go together.`;
  }
  if (place === 'header' && !hasParameter(operation, 'X-Idempotency-key')) {
    yield `${where}: takes its key in a header, but has no header parameter X-Idempotency-key.`;
  }
  if (place === 'body' && operation.requestBody === undefined) {
    yield `${where}: takes its key in the body, but has none.`;
  }
}

function* lintConditions(where: string, operation: OperationSource): Iterable<string> {
  for (const { param, is, replay } of operation['x-conductor-replay-when'] ?? []) {
    const isThere = param.startsWith('body.') ? operation.requestBody !== undefined : hasParameter(operation, param);
    if (!isThere) yield `${where}: x-conductor-replay-when names ${param}, no parameter of it.`;
    if (is === undefined || !['safe', 'unsafe', 'keyed'].includes(replay)) {
      yield `${where}: x-conductor-replay-when needs \`param\`, \`is\` and \`replay: safe | unsafe | keyed\`.`;
    }
  }
}

function* lintWait(where: string, operation: OperationSource): Iterable<string> {
  const wait = operation['x-conductor-wait'];
  if (wait === undefined) return;
  if (wait.unit !== 'ms' && wait.unit !== 's') yield `${where}: the unit of x-conductor-wait must be ms or s.`;
  const parameter = operation.parameters?.find(({ name }) => name === wait.param);
  if (parameter === undefined) {
    yield `${where}: x-conductor-wait names ${wait.param}, no parameter of it.`;
  } else if (parameter.schema?.['default'] !== wait.default) {
    yield `${where}: the default of x-conductor-wait differs from the default of ${wait.param}.`;
  }
}

function hasParameter(operation: OperationSource, name: string): boolean {
  return operation.parameters?.some((parameter) => parameter.name === name) ?? false;
}
