import type { TokenManager } from '@conductor-ts/auth';
import type { ResolvedOrkesConfig } from '@conductor-ts/config';
import type { ConductorLogger } from '@conductor-ts/logger';
import type { TokenSource } from '@conductor-ts/retry';
import type { Transport } from '@conductor-ts/transport';
import { createServerFamilyProbe } from './server-family.ts';
import { ClientLifetime } from './client-lifetime.ts';
import type { Call, Fetch } from './runtime/call.ts';
import { createCaller } from './runtime/create-caller.ts';
import type { Middleware } from './runtime/middleware.ts';
import type { ParseJson } from './runtime/parse-json.ts';
import type { Redact } from './runtime/read-answer.ts';
import { scrubCauses } from './errors/scrub-causes.ts';
import { shapeResults } from './runtime/shape-results.ts';
import { holdNoLonger } from './runtime/too-slow.ts';
import { createRequestMethods } from './hey-api/create-request-methods.ts';
import { createInterceptors } from './hey-api/interceptors.ts';
import { createRequestSettings } from './hey-api/request-settings.ts';
import { replaceErrors, sendThroughInterceptors } from './hey-api/send-through-interceptors.ts';
import { addGroups } from './composed/add-groups.ts';
import { addResourceStyle } from './resource-style/add-resource-style.ts';
import type { ClientCore, CloseOptions, ConductorClient } from './conductor-client.ts';

/** How long calls in flight may go on after `close()`. */
export const CLOSE_TIMEOUT_MS = 10_000;

/** The finished layers that a client stands on. */
export interface ClientParts {
  readonly config: ResolvedOrkesConfig;
  readonly logger: ConductorLogger;
  readonly transport: Transport;
  /** The whole pipeline: transport, tokens and retries. */
  readonly fetch: Fetch;
  readonly tokens: TokenManager | TokenSource | undefined;
  /** False for tokens that other clients use as well. */
  readonly ownsTokens: boolean;
  readonly redact: Redact;
  readonly scrub: (error: unknown) => unknown;
  readonly middleware: Middleware | undefined;
  readonly parseJson: ParseJson | undefined;
  /** Limit of a whole call that names none, as the retry layer knows it. */
  readonly totalTimeoutMs: number | undefined;
  readonly now: (() => number) | undefined;
}

/** Puts the three faces of the API on one caller, and adds what concerns the client's life. */
export function assembleClient(parts: ClientParts): ConductorClient {
  const { config, logger, transport, tokens } = parts;
  const manager = tokens && 'stats' in tokens ? tokens : undefined;
  const lifetime = new ClientLifetime();
  const family = createServerFamilyProbe(transport.fetch, config.serverUrl, manager);
  const settings = createRequestSettings(config.serverUrl, parts.fetch);
  const interceptors = createInterceptors();
  const counts = { calls: 0, attempts: 0, retries: 0 };
  const protocol = (): 'h1' | 'h2' | undefined => protocolOf(transport, config.serverUrl);
  let closed: Promise<void> | undefined;

  const plainCaller = createCaller({
    ...parts,
    send: sendThroughInterceptors(settings, interceptors, parts.now),
    baseUrl: () => settings.get().baseUrl,
    headers: () => settings.get().headers,
    requestTimeoutMs: config.requestTimeoutMs,
    lifetime: parts.middleware ? lifetime.within : lifetime,
    family,
    scrub: (error) => scrubCauses(error, parts.scrub),
    protocol,
    hold: holdNoLonger,
    onError: replaceErrors(interceptors),
    onDone: ({ attempts = 0 }: Call) => {
      counts.calls += 1;
      counts.attempts += attempts;
      counts.retries += Math.max(0, attempts - 1);
    },
  });

  const caller = shapeResults(plainCaller, { ...parts, lifetime, hold: holdNoLonger, protocol });

  async function shutDown({ timeoutMs = CLOSE_TIMEOUT_MS }: CloseOptions): Promise<void> {
    if (parts.ownsTokens) manager?.stopBackgroundRefresh();
    await lifetime.close(timeoutMs, () =>
      // All calls are over: what is still on its way (a refresh, a question for the family) nobody waits for.
      transport.close({ timeoutMs: 0 }).catch((error: unknown) => {
        logger.warn('closing the transport failed', { error });
      }),
    );
  }

  const close = (options: CloseOptions = {}): Promise<void> => (closed ??= shutDown(options));

  const core: ClientCore = {
    execute: (operation, params, options) => caller.execute(operation, params, options),
    closing: lifetime.closing,
    config,
    get serverFamily() {
      return family.current();
    },
    stats: () => ({
      ...counts,
      inFlight: lifetime.inFlight,
      tokenMints: manager?.stats().mints ?? 0,
      transport: transport.stats(),
    }),
    async getAuthenticationHeaders() {
      const token = await tokens?.getToken();
      return token === undefined ? null : { 'X-Authorization': token };
    },
    stopBackgroundRefresh: () => manager?.stopBackgroundRefresh(),
    close,
    [Symbol.asyncDispose]: () => close(),
  };

  // Onto `core`, so that `serverFamily` stays a getter.
  const client = Object.assign(core, createRequestMethods(caller, settings, interceptors));
  return addResourceStyle(addGroups(client), caller, logger);
}

function protocolOf(transport: Transport, serverUrl: string): 'h1' | 'h2' | undefined {
  const { origin } = new URL(serverUrl);
  const protocol = transport.stats().origins.find((one) => one.origin === origin)?.protocol;
  return protocol === 'unknown' ? undefined : protocol;
}
