import { HTTP_METHODS } from '../document.ts';

/** The outer shape: version, info, paths with known methods, schemas. */
export function* lintShape(document: unknown): Iterable<string> {
  if (!isMap(document)) return yield 'The document is not a map.';
  if (!String(document['openapi']).startsWith('3.1.')) yield 'openapi: must be 3.1.x.';
  if (!isMap(document['info'])) yield 'info: is missing. Give at least a title and a version.';
  if (!isMap(document['components']) || !isMap(document['components']['schemas'])) {
    yield 'components.schemas: is missing.';
  }
  if (!isMap(document['paths'])) return yield 'paths: is missing.';
  for (const [path, methods] of Object.entries(document['paths'])) {
    if (!path.startsWith('/')) yield `${path}: a path begins with a slash.`;
    if (!isMap(methods)) {
      yield `${path}: holds no operation.`;
      continue;
    }
    for (const [method, operation] of Object.entries(methods)) {
      if (!HTTP_METHODS.includes(method)) yield `${path}: \`${method}\` is no HTTP method in lower case.`;
      else if (!isMap(operation)) yield `${method.toUpperCase()} ${path}: is not a map.`;
    }
  }
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
