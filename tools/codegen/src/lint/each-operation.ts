import type { Document, OperationSource } from '../document.ts';

/** One operation, with what a message calls it: `GET /api/version`. */
export interface LocatedOperation {
  readonly where: string;
  readonly path: string;
  readonly httpMethod: string;
  readonly operation: OperationSource;
}

/** All operations in document order. */
export function* eachOperation(document: Document): Iterable<LocatedOperation> {
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [httpMethod, operation] of Object.entries(methods)) {
      yield { where: `${httpMethod.toUpperCase()} ${path}`, path, httpMethod, operation };
    }
  }
}
