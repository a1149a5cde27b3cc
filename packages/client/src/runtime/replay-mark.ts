import type { Params } from './build-url.ts';
import type { Operation, ReplayMark } from './operation.ts';

const IN_BODY = 'body.';

/** May this call be sent twice? The operation's mark, unless a parameter or a member of the body changes it. */
export function replayMark(operation: Operation, params: Params): ReplayMark {
  return operation.replayWhen?.find((rule) => valueOf(rule.param, params) === rule.is)?.replay ?? operation.replay;
}

function valueOf(param: string, params: Params): unknown {
  if (!param.startsWith(IN_BODY)) return params[param];
  const { body } = params;
  return typeof body === 'object' && body !== null ? Reflect.get(body, param.slice(IN_BODY.length)) : undefined;
}
