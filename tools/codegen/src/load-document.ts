import type { Document } from './document.ts';
import { lintDocument } from './lint/lint-document.ts';
import { mergeFragments, type Fragment } from './merge-fragments.ts';
import { functionName } from './names.ts';

/** The source has faults: all of them, a line each. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** Merges and checks the fragments; gives the document that the generator takes. */
export function loadDocument(fragments: readonly Fragment[]): Document {
  const { document, problems } = mergeFragments(fragments);
  const faults = [...problems, ...lintDocument(document)];
  if (faults.length > 0) throw new SourceError(faults);
  return withOperationIds(document as Document);
}

/** Ids come from our own names: those of the servers' documents differ between servers and releases. */
function withOperationIds(document: Document): Document {
  const paths = mapValues(document.paths, (methods) =>
    mapValues(methods, (operation) => ({
      ...operation,
      operationId: functionName(operation['x-conductor-group'] ?? '', operation['x-conductor-method'] ?? ''),
    })),
  );
  return { ...document, paths };
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
