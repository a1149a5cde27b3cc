import type { ApiOperation } from './api-model.ts';
import { comment, parameterComment } from './doc-comment.ts';
import { paramsTypeName, propertyKey } from './names.ts';

/** params.gen.ts: one flat object per operation: path, query and header parameters by name, and `body`. */
export function renderParams(operations: readonly ApiOperation[], mentioned: ReadonlySet<string>): string {
  const interfaces = operations.filter(hasParams).map(renderInterface);
  return [...importTypes(mentionedIn(interfaces.join('\n'), mentioned)), ...interfaces].join('\n\n');
}

/** Whether the operation takes anything at all. */
export function hasParams(operation: ApiOperation): boolean {
  return operation.parameters.length > 0 || operation.body !== undefined;
}

/** Whether the parameters may be left out altogether. */
export function allParamsOptional(operation: ApiOperation): boolean {
  return !operation.parameters.some((parameter) => parameter.required) && !operation.body?.required;
}

/** `import type { … } from './types.gen.ts'`, or nothing. */
export function importTypes(names: readonly string[]): readonly string[] {
  return names.length === 0 ? [] : [`import type {\n${names.map((n) => `  ${n},\n`).join('')}} from './types.gen.ts';`];
}

/** Of all schema names, those that the text uses. */
export function mentionedIn(text: string, names: ReadonlySet<string>): readonly string[] {
  const words = new Set(text.match(/[A-Za-z_$][\w$]*/g));
  return [...names].filter((name) => words.has(name)).sort();
}

function renderInterface(operation: ApiOperation): string {
  const members = operation.parameters
    .filter((parameter) => !parameter.sameAsPath)
    .map((parameter) => parameterComment(parameter, '  ') + member(parameter.name, parameter.type, parameter.required));
  const { body } = operation;
  if (body !== undefined) {
    const described = { description: body.description, defaultValue: body.sentWhenAbsent ? {} : undefined };
    members.push(parameterComment(described, '  ') + member('body', body.type, body.required));
  }
  const head = comment(`What \`${operation.group}.${operation.method}\` takes.`, '');
  return `${head}export interface ${paramsTypeName(operation.group, operation.method)} {\n${members.join('')}}`;
}

function member(name: string, type: string, required: boolean): string {
  return required ? `  ${propertyKey(name)}: ${type};\n` : `  ${propertyKey(name)}?: ${type} | undefined;\n`;
}
