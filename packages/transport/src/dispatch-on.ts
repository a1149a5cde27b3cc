import type { Call } from './call.ts';
import { checkDispatcher } from './check-dispatcher.ts';
import { exchangeError } from './exchange-error.ts';
import type { DispatcherLike } from './transport-options.ts';
import { UndiciExchange } from './undici-exchange.ts';

/** Sends a call over a dispatcher of the user's, which has connections, limits and a queue of its own. */
export function dispatchOn(dispatcher: DispatcherLike, call: Call): void {
  checkDispatcher(dispatcher);
  const { origin, path, method, headers, body } = call.request;
  const exchange = new UndiciExchange(call, undefined, ignore);
  try {
    dispatcher.dispatch({ origin, path, method, headers, body }, exchange);
  } catch (error) {
    call.fail(exchangeError(error as Error, call, false));
  }
}

function ignore(): void {}
