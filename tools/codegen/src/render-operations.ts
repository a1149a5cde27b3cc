import type { ApiOperation } from './api-model.ts';
import { operationConstName, quoted } from './names.ts';

/** operations.gen.ts: what the runtime must know, in calls that are marked pure, so that a bundler drops those nobody uses. */
export function renderOperations(operations: readonly ApiOperation[]): string {
  const imports = [
    `import { defineOperation } from '../runtime/define-operation.ts';`,
    `import type { Operation } from '../runtime/operation.ts';`,
  ];
  return [imports.join('\n'), ...operations.map(renderOperation)].join('\n\n');
}

function renderOperation(operation: ApiOperation): string {
  const { group, method, httpMethod, path, replay, server, response } = operation;
  const words = [`${group}.${method}`, httpMethod, path, replay, server, response.kind].map(quoted);
  const details = detailsOf(operation).map((field) => `  ${field},\n`);
  const args = [...words, ...(details.length > 0 ? [`{\n${details.join('')}}`] : [])].join(', ');
  return `export const ${operationConstName(group, method)}: Operation = /* @__PURE__ */ defineOperation(${args});`;
}

/** What is not the same for most. */
function detailsOf(operation: ApiOperation): readonly string[] {
  const { body, wait } = operation;
  const query = namesIn(operation, 'query');
  const headers = namesIn(operation, 'header');
  const maps = operation.parameters.filter((parameter) => parameter.isMap).map((parameter) => parameter.name);
  const required = operation.parameters.filter((one) => one.required && one.in !== 'path').map(({ name }) => name);
  return [
    ...(query.length > 0 ? [`queryParams: ${list(query)}`] : []),
    ...(maps.length > 0 ? [`queryMaps: ${list(maps)}`] : []),
    ...(headers.length > 0 ? [`headerParams: ${list(headers)}`] : []),
    ...(required.length > 0 ? [`requiredParams: ${list(required)}`] : []),
    ...(body === undefined ? [] : [`body: ${quoted(body.kind)}`]),
    ...(body?.required ? ['bodyRequired: true'] : []),
    ...(body?.sentWhenAbsent ? ['bodySentWhenAbsent: true'] : []),
    ...(operation.replayWhen.length > 0 ? [`replayWhen: [${operation.replayWhen.map(condition).join(', ')}]`] : []),
    ...(operation.idempotencyKey === undefined ? [] : [`idempotencyKey: ${quoted(operation.idempotencyKey)}`]),
    ...(operation.empty === undefined ? [] : [`empty: ${quoted(operation.empty)}`]),
    ...(wait === undefined
      ? []
      : [
          `wait: { param: ${quoted(wait.param)}, unit: ${quoted(wait.unit)}${wait.default === undefined ? '' : `, defaultValue: ${wait.default}`} }`,
        ]),
  ];
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
