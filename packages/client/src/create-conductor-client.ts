import { adaptLogger, type ConductorLogger, DefaultLogger, redactSecrets } from '@conductor-ts/logger';
import { ConfigError, type OrkesApiConfig, resolveOrkesConfig, type ResolvedOrkesConfig } from '@conductor-ts/config';
import { createScrubber, createTokenManager, type TokenManager } from '@conductor-ts/auth';
import { type TokenSource, wrapFetchWithRetry } from '@conductor-ts/retry';
import { resolveFetchFn } from '@conductor-ts/transport';
import { assembleClient } from './assemble-client.ts';
import { asConfigError, checkClientOptions } from './check-client-options.ts';
import type { ClientOptions } from './client-options.ts';
import type { ConductorClient } from './conductor-client.ts';
import { oddOptions } from './odd-options.ts';
import { guardLogger } from './guard-logger.ts';
import { rememberToken, type Secrets } from './remember-token.ts';
import type { Fetch } from './runtime/call.ts';

/**
 * Makes a client: settings from environment and code, then a transport, then tokens where a key is configured.
 *
 * With a key, the first token is fetched before this resolves, so that wrong settings show here and not in some later
 * call. Without one, nothing is sent.
 *
 * @param config settings in code; a variable of the environment wins over them, unless `useEnvVars` is false
 * @param customFetch carries all requests in place of the transport; tokens, retries and errors stay the same
 * @param given objects and hooks: tokens, retry rules, middleware
 * @throws ConfigError where a setting or an option is wrong, AuthError where no token can be had
 *
 * @example
 * await using client = await createConductorClient({ serverUrl: 'http://localhost:8080' });
 * const workflowId = await client.workflow.start({ body: { name: 'order', input: { total: 7 } } });
 */
export async function createConductorClient(
  config?: OrkesApiConfig,
  customFetch?: Fetch,
  given: ClientOptions = {},
): Promise<ConductorClient> {
  mustBeFetch(customFetch);
  const options = checkClientOptions(given);
  const resolved = resolveOrkesConfig(config);
  const seen: Secrets = { tokens: [] };
  // The id of a key is half of it, and servers say it back.
  const secrets = (): readonly (string | undefined)[] => [...resolved.secrets, resolved.keyId, ...seen.tokens];
  const logger = loggerFor(resolved, secrets);
  for (const warning of oddOptions(options)) logger.warn(warning);
  const transport = resolveFetchFn({ ...resolved.transport, logger }, customFetch ?? undefined);
  let tokens: TokenSource | undefined;
  try {
    tokens = options.tokens ?? ownTokens(resolved, transport.fetch, logger, options);
    if (isTokenManager(tokens)) await tokens.start(options.signal);
    const fetch = wrapFetchWithRetry(transport.fetch, {
      ...options.retry,
      ...resolved.retry,
      tokens: tokens && rememberToken(tokens, seen),
      logger,
    });
    return assembleClient({
      config: resolved,
      logger,
      transport,
      fetch,
      tokens,
      ownsTokens: options.tokens === undefined,
      redact: (text) => redactSecrets(text, secrets()),
      scrub: (error) => createScrubber(secrets()).cause(error),
      middleware: options.middleware,
      parseJson: options.parseJson,
      totalTimeoutMs: options.retry?.totalTimeoutMs,
      now: options.retry?.now,
    });
  } catch (error) {
    if (isTokenManager(tokens) && options.tokens === undefined) tokens.stopBackgroundRefresh();
    await transport.close();
    throw asConfigError(error);
  }
}

/** The name in the published SDK. @deprecated Use `createConductorClient`. */
export const orkesConductorClient: typeof createConductorClient = createConductorClient;

/** Its requests go straight to the transport: no auth header, no 401 rule, no second retry layer. */
function ownTokens(
  { auth, serverUrl }: ResolvedOrkesConfig,
  fetch: Fetch,
  logger: ConductorLogger,
  { initialTokenTimeoutMs }: ClientOptions,
): TokenManager | undefined {
  return auth && createTokenManager({ ...auth, serverUrl, fetch, initialTokenTimeoutMs, logger });
}

/** A slip that the compiler does not show to everybody: the options of the client in the place of the fetch. */
function mustBeFetch(customFetch: unknown): void {
  if (customFetch === undefined || customFetch === null || typeof customFetch === 'function') return;
  throw new ConfigError([
    {
      setting: 'customFetch',
      trouble: 'it is not a function',
      advice: 'Give a fetch function or undefined; the options come third.',
    },
  ]);
}

function isTokenManager(tokens: TokenManager | TokenSource | undefined): tokens is TokenManager {
  return tokens !== undefined && 'start' in tokens;
}

/** The default one also says what the configuration had to warn of, which it could not without a logger. */
function loggerFor(config: ResolvedOrkesConfig, redact: () => readonly (string | undefined)[]): ConductorLogger {
  // pino takes its arguments the other way round, and would lose every field.
  if (config.logger !== undefined) return guardLogger(adaptLogger(config.logger, { redact }));
  const logger = new DefaultLogger({ level: config.logLevel, env: {}, redact });
  for (const warning of config.warnings) logger.warn(warning);
  return logger;
}
