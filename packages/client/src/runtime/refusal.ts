import { InvalidRequestError } from '../errors/invalid-request-error.ts';
import type { Operation } from './operation.ts';

/** The error for a parameter (or a place in the body) that no server could understand: what is wrong, and what would be right. */
export function refusal(
  { name }: Pick<Operation, 'name'>,
  path: string,
  trouble: string,
  advice: string,
  cause?: unknown,
): InvalidRequestError {
  return new InvalidRequestError(name, { path, trouble, advice }, cause);
}

/** The same, for a parameter of one of the methods that are made of several operations. */
export function wrongType(name: string, path: string, advice: string): InvalidRequestError {
  return refusal({ name }, path, 'a parameter has the wrong type', advice);
}
