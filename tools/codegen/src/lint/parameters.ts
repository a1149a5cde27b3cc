import type { Document, ParameterSource } from '../document.ts';
import { eachOperation, type LocatedOperation } from './each-operation.ts';

/** Parameters: those of the path are declared, all are described, and no two share a name in the flat object. */
export function* lintParameters(document: Document): Iterable<string> {
  for (const located of eachOperation(document)) {
    yield* lintPath(located);
    yield* lintFlatNames(located);
    for (const parameter of located.operation.parameters ?? []) yield* lintParameter(located.where, parameter);
  }
}

function* lintPath({ where, path, operation }: LocatedOperation): Iterable<string> {
  const inPath = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => name);
  const declared = (operation.parameters ?? []).filter((p) => p.in === 'path').map((p) => p.name);
  for (const name of inPath.filter((one) => !declared.includes(one))) {
    yield `${where}: {${name}} is not declared. Add a parameter with \`in: path\`.`;
  }
  for (const name of declared.filter((one) => !inPath.includes(one))) {
    yield `${where}: the path parameter ${name} does not occur in the path.`;
  }
}

function* lintFlatNames({ where, operation }: LocatedOperation): Iterable<string> {
  const seen = new Map<string, ParameterSource>();
  for (const parameter of operation.parameters ?? []) {
    const other = seen.get(parameter.name);
    if (parameter.name === 'body')
      yield `${where}: a parameter cannot be called body: that is the request body's name.`;
    if (parameter['x-conductor-same-as-path']) {
      if (other?.in !== 'path')
        yield `${where}: ${parameter.name} is to be the same as a path parameter that is not there.`;
    } else if (other !== undefined) {
      yield `${where}: ${parameter.name} is both a ${other.in} and a ${parameter.in} parameter, but callers give one value. If it is the same one, mark the query parameter with x-conductor-same-as-path.`;
    }
    seen.set(parameter.name, parameter);
  }
}

function* lintParameter(where: string, parameter: ParameterSource): Iterable<string> {
  const { name } = parameter;
  if (!['path', 'query', 'header'].includes(parameter.in)) yield `${where}: ${name} must be in path, query or header.`;
  if (parameter.description === undefined) yield `${where}: ${name} has no description.`;
  if (parameter.schema === undefined) yield `${where}: ${name} has no schema.`;
  if (parameter.in !== 'query' && parameter.schema?.type === 'object')
    yield `${where}: ${name} is a map, which only a query can carry.`;
  if (parameter.in === 'path' && parameter.required !== true)
    yield `${where}: ${name} is in the path: add \`required: true\`.`;
  if (parameter.required === true && parameter.schema?.['default'] !== undefined) {
    yield `${where}: ${name} is required, so its default is never used.`;
  }
}
