import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadDocument, type OperationSource, readSource } from '@conductor-ts/codegen';
import { findOldNames } from './find-old-names.ts';

/** One operation, as a page shows it. */
export interface OperationFacts {
  readonly group: string;
  readonly method: string;
  readonly summary: string;
  readonly http: string;
  readonly path: string;
  readonly server: string;
  readonly replay: string;
  /** Parameters that must be given, `body` among them. */
  readonly required: readonly string[];
  /** Methods of the published SDK that send the same request. */
  readonly oldNames: readonly string[];
}

/** A method made of several operations. */
export interface ComposedFacts {
  readonly group: string;
  readonly method: string;
  readonly summary: string;
  readonly oldNames: readonly string[];
}

export interface Facts {
  readonly operations: readonly OperationFacts[];
  readonly composed: readonly ComposedFacts[];
}

const client = resolve(import.meta.dirname, '../../../packages/client');

/** From the API source, from a client that is asked what it deprecates, and from the comments of the composed methods. */
export async function readFacts(): Promise<Facts> {
  const { paths } = loadDocument(readSource(resolve(client, 'openapi')));
  const oldNames = await findOldNames();
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([http, source]) => factsOf(path, http, source, oldNames)),
  );
  return { operations, composed: readComposed(oldNames) };
}

function factsOf(
  path: string,
  http: string,
  source: OperationSource,
  oldNames: ReadonlyMap<string, readonly string[]>,
): OperationFacts {
  const group = source['x-conductor-group'] ?? '';
  const method = source['x-conductor-method'] ?? '';
  const parameters = (source.parameters ?? []).filter((one) => one.required === true).map(({ name }) => name);
  const takesBody =
    source.requestBody?.required === true &&
    Object.values(source.requestBody.content ?? {}).every(({ schema }) => schema?.['default'] === undefined);
  return {
    group,
    method,
    summary: source.summary ?? '',
    http: http.toUpperCase(),
    path,
    server: source['x-conductor-server'] ?? '',
    replay: source['x-conductor-replay'] ?? '',
    required: [...new Set([...parameters, ...(takesBody ? ['body'] : [])])],
    oldNames: oldNames.get(`${group}.${method}`) ?? [],
  };
}

/** Methods that stand with a body in the interfaces of the groups; generated ones are inherited or properties. */
function readComposed(oldNames: ReadonlyMap<string, readonly string[]>): readonly ComposedFacts[] {
  const text = ['composed-groups.ts', 'scheduler-verbs.ts']
    .map((file) => readFileSync(resolve(client, 'src/composed', file), 'utf8'))
    .join('\n');
  const interfaces = text.matchAll(/export interface (\w+?)(?:Methods|Verbs)\b[^{]*\{\n([\s\S]*?)\n\}/g);
  return Array.from(interfaces, ([, name = '', body = '']) => {
    const group = name.charAt(0).toLowerCase() + name.slice(1);
    const methods = body.matchAll(/\/\*\* (.*?) \*\/\n {2}(\w+)[<(]/g);
    return Array.from(methods, ([, summary = '', method = '']) => ({
      group,
      method,
      summary,
      oldNames: oldNames.get(`${group}.${method}`) ?? [],
    }));
  }).flat();
}
