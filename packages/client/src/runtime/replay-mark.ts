import type { Params } from './build-url.ts';
import type { Operation, ReplayMark } from './operation.ts';

const IN_BODY = 'body.';

/** May this call be sent twice? The operation's mark, unless a parameter or a member of the body changes it. */
export function replayMark(operation: Operation, params: Params): ReplayMark {
  return (
    operation.replayWhen?.find((rule) => asSent(valueOf(rule.param, params)) === String(rule.is))?.replay ??
    operation.replay
  );
}

/** A value as the server reads it: text says the same as what it stands for, and these words say yes (Spring's converter for booleans). */
function asSent(value: unknown): string {
  return String(value).replace(/^(true|on|yes|1)$/i, 'true');
}

function valueOf(param: string, params: Params): unknown {
  if (!param.startsWith(IN_BODY)) return params[param];
  const body = params['body'] as Readonly<Record<string, unknown>> | null | undefined;
  // What is sent is what `JSON.stringify` makes of it.
  const sent = (typeof body?.['toJSON'] === 'function' ? body['toJSON']() : body) as typeof body;
  return sent?.[param.slice(IN_BODY.length)];
}
