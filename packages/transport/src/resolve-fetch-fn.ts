import { createTransport } from './create-transport.ts';
import type { Fetch, Transport } from './create-transport.ts';
import { guardLogger } from './guard-logger.ts';
import type { TransportOptions } from './transport-options.ts';

/**
 * The transport that these options describe, or, with a `customFetch`, that function in the clothes of a transport: it owns its connections, so there is nothing to
 * close and nothing to count.
 */
export function resolveFetchFn(options: TransportOptions = {}, customFetch?: Fetch): Transport {
  if (customFetch === undefined) return createTransport(options);
  const logger = options.logger && guardLogger(options.logger);
  const unused = (['tls', 'proxy', 'http2', 'dispatcher'] as const).filter(
    (name) => options[name] !== undefined && options[name] !== false,
  );
  if (unused.length > 0)
    logger?.debug('A fetch of your own is used: these transport options have no effect', { unused });
  const nothing = (): Promise<void> => Promise.resolve();
  return {
    fetch: customFetch,
    close: nothing,
    destroy: nothing,
    stats: () => ({ origins: [], totals: { requests: 0, connectionsOpened: 0, replays: 0, bytesReceived: 0 } }),
    [Symbol.asyncDispose]: nothing,
  };
}
