import { TransportError } from './transport-error.ts';
import type { DispatcherLike } from './transport-options.ts';

const WANTED = 'undici 7 or 8';

/** Dispatchers that were found to be good, so that each is asked once. */
const checked = new WeakSet<object>();

/**
 * undici 7 and 8 take handlers of the same kind; older ones take another kind and would fail on the first call with a riddle. Asked with a
 * request that has neither origin nor path, which each version refuses before it does anything, in the way of its handlers.
 * @throws TransportError INCOMPATIBLE_DISPATCHER
 */
export function checkDispatcher(dispatcher: DispatcherLike): void {
  if (typeof (dispatcher as DispatcherLike | null)?.dispatch !== 'function') {
    throw new TransportError('INCOMPATIBLE_DISPATCHER', { found: 'no dispatch method', wanted: WANTED });
  }
  if (checked.has(dispatcher)) return;
  let understood = false;
  const probe = {
    onRequestStart: ignore,
    onResponseStart: ignore,
    onResponseData: ignore,
    onResponseEnd: ignore,
    onResponseError: () => (understood = true),
  };
  try {
    dispatcher.dispatch({}, probe);
  } catch (cause) {
    // `invalid onError method` and its like: a handler of the old kind is asked for.
    if (!understood && cause instanceof Error && /\bon(Error|Connect|Headers|Upgrade)\b/.test(cause.message)) {
      throw new TransportError('INCOMPATIBLE_DISPATCHER', { cause, found: 'undici 6 or older', wanted: WANTED });
    }
  }
  checked.add(dispatcher);
}

function ignore(): void {}
