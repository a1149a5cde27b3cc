import type { ApiOperation } from './api-model.ts';
import { comment, parameterComment } from './doc-comment.ts';
import { paramsTypeName, propertyKey } from './names.ts';
import { importTypes, joinParts } from './render-imports.ts';
import { hasParams } from './signature.ts';

/** params.gen.ts: one flat object per operation: path, query and header parameters by name, and `body`. */
export function renderParams(operations: readonly ApiOperation[], mentioned: ReadonlySet<string>): string {
  const interfaces = operations.filter(hasParams).map(renderInterface);
  return joinParts([importTypes(interfaces.join('\n'), mentioned), ...interfaces], '\n\n');
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
