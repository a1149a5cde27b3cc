import type { ApiOperation } from './api-model.ts';
import { operationConstName, quoted } from './names.ts';

/** operations.gen.ts: what the runtime must know, as plain literals, so that a bundler drops those nobody uses. */
export function renderOperations(operations: readonly ApiOperation[]): string {
  return [`import type { Operation } from '../runtime/operation.ts';`, ...operations.map(renderOperation)].join('\n\n');
}

function renderOperation(operation: ApiOperation): string {
  const { body, wait } = operation;
  const pieces = operation.path.split(/\{[^}]*\}/);
  const maps = operation.parameters.filter((parameter) => parameter.isMap).map((parameter) => parameter.name);
  const required = operation.parameters.filter((one) => one.required && one.in !== 'path').map(({ name }) => name);
  const fields = [
    `name: ${quoted(`${operation.group}.${operation.method}`)}`,
    `method: ${quoted(operation.httpMethod)}`,
    `path: ${list(pieces)}`,
    `pathParams: ${list(namesIn(operation, 'path'))}`,
    `queryParams: ${list(namesIn(operation, 'query'))}`,
    ...(maps.length > 0 ? [`queryMaps: ${list(maps)}`] : []),
    `headerParams: ${list(namesIn(operation, 'header'))}`,
    ...(required.length > 0 ? [`requiredParams: ${list(required)}`] : []),
    `body: ${body === undefined ? 'undefined' : quoted(body.kind)}`,
    ...(body?.required ? ['bodyRequired: true'] : []),
    ...(body?.sentWhenAbsent ? ['bodySentWhenAbsent: true'] : []),
    `replay: ${quoted(operation.replay)}`,
    ...(operation.replayWhen.length > 0 ? [`replayWhen: [${operation.replayWhen.map(condition).join(', ')}]`] : []),
    ...(operation.idempotencyKey === undefined ? [] : [`idempotencyKey: ${quoted(operation.idempotencyKey)}`]),
    `server: ${quoted(operation.server)}`,
    `response: ${quoted(operation.response.kind)}`,
    ...(operation.empty === undefined ? [] : [`empty: ${quoted(operation.empty)}`]),
    ...(wait === undefined
      ? []
      : [
          `wait: { param: ${quoted(wait.param)}, unit: ${quoted(wait.unit)}${wait.default === undefined ? '' : `, defaultValue: ${wait.default}`} }`,
        ]),
  ];
  const lines = fields.map((field) => `  ${field},\n`).join('');
  return `export const ${operationConstName(operation.group, operation.method)}: Operation = {\n${lines}};`;
}

function condition({ param, is, replay }: ApiOperation['replayWhen'][number]): string {
  const value = typeof is === 'string' ? quoted(is) : String(is);
  return `{ param: ${quoted(param)}, is: ${value}, replay: ${quoted(replay)} }`;
}

function namesIn(operation: ApiOperation, where: 'path' | 'query' | 'header'): readonly string[] {
  return operation.parameters
    .filter((parameter) => parameter.in === where && !parameter.isMap)
    .map((parameter) => parameter.name);
}

function list(texts: readonly string[]): string {
  return `[${texts.map(quoted).join(', ')}]`;
}
