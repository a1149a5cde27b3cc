import type { Params } from './build-url.ts';
import { OPTION_NAMES } from './check-options.ts';
import { looksLike } from './looks-like.ts';
import type { Operation } from './operation.ts';
import { refusal } from './refusal.ts';

/**
 * Takes the parameters of callers who have no compiler at their side. A name that was meant for another one, or for the
 * options, is refused: the server would never see it. Other unknown names pass, as in TypeScript, since an object may hold
 * more than a call takes. What is missing in the path shows where the URL is made.
 */
export function checkParams(operation: Operation, given: unknown): Params {
  if (given === undefined || given === null) given = {};
  if (typeof given !== 'object') {
    const advice = `give them by name in one object: { ${operation.pathParams[0] ?? 'body'}: … }.`;
    throw refusal(operation, 'params', 'the parameters are not an object', advice);
  }
  const params = given as Params;
  // No list of the names is made: this runs for each call.
  for (const name in params) {
    if (!takes(operation, name) && params[name] !== undefined) refuseMeantOther(operation, params, name);
  }
  for (const name of operation.requiredParams ?? []) {
    if (params[name] === undefined || params[name] === null) {
      throw refusal(operation, name, 'a parameter is missing', 'is required.');
    }
  }
  return params;
}

function takes(operation: Operation, name: string): boolean {
  return (
    name === 'body' ||
    operation.pathParams.includes(name) ||
    operation.queryParams.includes(name) ||
    operation.headerParams.includes(name) ||
    (operation.queryMaps?.includes(name) ?? false)
  );
}

function refuseMeantOther(operation: Operation, params: Params, name: string): void {
  if (OPTION_NAMES.includes(name)) {
    const advice = 'is an option of the call: give it in the second argument.';
    throw refusal(operation, name, 'an option stands among the parameters', advice);
  }
  const { pathParams, queryParams, headerParams, queryMaps = [] } = operation;
  const meant = [...pathParams, ...queryParams, ...headerParams, ...queryMaps].find(
    (known) => params[known] === undefined && looksLike(name, known),
  );
  if (meant === undefined) return;
  const advice = `there is no such parameter; meant was perhaps ${meant}.`;
  throw refusal(operation, name, 'a parameter is unknown', advice);
}
