import type { ResolvedOrkesConfig } from '@conductor-ts/config';
import type { TransportStats } from '@conductor-ts/transport';
import type { ClientGroups } from './composed/composed-groups.ts';
import type { RequestMethods } from './hey-api/create-request-methods.ts';
import type { ResourceStyle } from './resource-style/add-resource-style.ts';
import type { Caller } from './runtime/caller.ts';
import type { ServerFamily } from './server-family.ts';

/** Figures of a client since it was made. */
export interface ClientStats {
  /** Calls that are over, whether well or not. */
  readonly calls: number;
  readonly inFlight: number;
  /** Requests sent or tried for these calls. */
  readonly attempts: number;
  /** Attempts beyond the first of each call. */
  readonly retries: number;
  /** Tokens obtained; those of a shared token manager count for all its clients. */
  readonly tokenMints: number;
  /** What the transport counts; all zero with a custom fetch. */
  readonly transport: TransportStats;
}

/** What `close` takes. */
export interface CloseOptions {
  /** How long calls in flight may go on, in milliseconds; the rest is ended then. @default 10_000 */
  readonly timeoutMs?: number | undefined;
}

/** The life of a client, and what it can tell of itself. */
export interface ClientCore extends Caller, AsyncDisposable {
  /** Where each setting came from, without secrets. */
  readonly config: ResolvedOrkesConfig;
  /** `unknown` until a token was asked for or an answer depended on it. */
  readonly serverFamily: ServerFamily;
  stats(): ClientStats;
  /** The header that calls carry, for requests that go another way; `null` where the server wants none. */
  getAuthenticationHeaders(): Promise<Record<string, string> | null>;
  /** Ends the refreshing in the background; calls still get new tokens when they need them. */
  stopBackgroundRefresh(): void;
  /** Lets no new call in, waits for those in flight, ends the rest at the limit, frees everything. Twice is once; never rejects. */
  close(options?: CloseOptions): Promise<void>;
}

/**
 * A client of one Conductor server. `client.workflow.get({ workflowId })`, `client.task.poll({ tasktype })`: groups of
 * operations, each with one flat object of parameters and a second argument for the call.
 */
export interface ConductorClient extends ClientCore, ClientGroups, RequestMethods, ResourceStyle {}
