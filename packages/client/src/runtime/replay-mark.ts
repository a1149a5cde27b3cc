import type { Params } from './build-url.ts';
import type { Operation, ReplayMark } from './operation.ts';

/** May this call be sent twice? The operation's mark, unless a parameter changes it. */
export function replayMark(operation: Operation, params: Params): ReplayMark {
  return operation.replayWhen?.find((rule) => params[rule.param] === rule.is)?.replay ?? operation.replay;
}
