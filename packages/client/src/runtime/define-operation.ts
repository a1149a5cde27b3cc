import type { HttpMethod, Operation, ReplayMark, ResponseKind, ServerMark } from './operation.ts';

/** What only some operations have. */
export type OperationDetails = Partial<
  Omit<Operation, 'name' | 'method' | 'path' | 'pathParams' | 'replay' | 'server' | 'response'>
>;

/**
 * An operation from the few words that describe most of them: hundreds of whole literals would make up a third of a bundle.
 * The path is split here, once, and not for each call.
 */
export function defineOperation(
  name: string,
  method: HttpMethod,
  path: string,
  replay: ReplayMark,
  server: ServerMark,
  response: ResponseKind,
  details?: OperationDetails,
): Operation {
  const pieces = path.split(/[{}]/);
  return {
    name,
    method,
    path: pieces.filter((_, index) => index % 2 === 0),
    pathParams: pieces.filter((_, index) => index % 2 === 1),
    queryParams: [],
    headerParams: [],
    replay,
    server,
    response,
    ...details,
  };
}
