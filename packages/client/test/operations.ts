import type { Operation } from '../src/runtime/operation.ts';

/** An operation for tests: a plain GET without parameters, unless told otherwise. */
export function anOperation(overrides: Partial<Operation> = {}): Operation {
  return {
    name: 'thing.get',
    method: 'GET',
    path: ['/api/thing'],
    pathParams: [],
    queryParams: [],
    headerParams: [],
    replay: 'safe',
    server: 'both',
    response: 'json',
    ...overrides,
  };
}
