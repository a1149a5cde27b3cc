import { checkDispatcher } from './check-dispatcher.ts';
import { parseProxyUrl } from './choose-proxy.ts';
import { guardLogger } from './guard-logger.ts';
import type { FetchInput } from './prepare-request.ts';
import { createTlsIdentity } from './secure-context.ts';
import { SLOW_WAIT_TIMING } from './slow-wait-warning.ts';
import type { SlowWaitTiming } from './slow-wait-warning.ts';
import { resolvePolicy } from './transport-options.ts';
import type { TransportOptions } from './transport-options.ts';
import type { TransportStats } from './transport-stats.ts';
import { OpenTransport } from './transport.ts';

/** A fetch: the same arguments, and an answer with the same members. */
export type Fetch = (input: FetchInput, init?: RequestInit) => Promise<Response>;

export interface CloseOptions {
  /** How long calls in flight may go on; milliseconds, 0 to 2^31 - 1, more counts as that. @default 10_000 */
  readonly timeoutMs?: number | undefined;
}

export interface Transport extends AsyncDisposable {
  /** Needs no `this`. */
  readonly fetch: Fetch;
  /** Takes no new calls (they get the code CLOSED), lets those in flight finish, ends the rest at the timeout. Always resolves; twice is once. */
  close(options?: CloseOptions): Promise<void>;
  /** Ends every call and connection now. */
  destroy(error?: Error): Promise<void>;
  stats(): TransportStats;
}

/**
 * Connections for any number of origins, and a fetch over them. Nothing is opened before the first call, and nothing but calls in flight keeps the process
 * alive.
 * @throws TransportError INVALID_OPTION, INVALID_PROXY, INCOMPATIBLE_DISPATCHER
 */
export function createTransport(options: TransportOptions = {}): Transport {
  return createTimedTransport(options, SLOW_WAIT_TIMING);
}

/** With another patience for calls that wait, for tests. */
export function createTimedTransport(given: TransportOptions, slowWait: SlowWaitTiming): Transport {
  const options = { ...given, logger: given.logger && guardLogger(given.logger) };
  const policy = resolvePolicy(options);
  const identity = createTlsIdentity(options.tls ?? {});
  if (options.proxy !== undefined && options.proxy !== false)
    parseProxyUrl(options.proxy, options.settingNames?.proxy ?? 'proxy');
  if (options.dispatcher !== undefined) checkDispatcher(options.dispatcher);
  if (options.tls?.insecure === true) {
    const setting = options.settingNames?.insecure ?? 'tls.insecure';
    options.logger?.warn(
      `TLS certificates are not checked because ${setting} is set: anybody on the way can read and change all`,
      { setting },
    );
  }
  const transport = new OpenTransport(options, policy, identity, slowWait);
  const close = (closeOptions?: CloseOptions): Promise<void> => transport.close(closeOptions?.timeoutMs);
  return {
    // Of a signal it needs only what every signal has: a layer above may give one that is lighter than the platform's.
    fetch: Object.assign<Fetch, object>((input, init) => transport.fetch(input, init), { takesLightSignal: true }),
    close,
    destroy: (error) => transport.destroy(error),
    stats: () => transport.stats(),
    [Symbol.asyncDispose]: close,
  };
}
