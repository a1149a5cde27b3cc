import type { Clock } from '../clock.ts';
import type { Engine } from '../engine/engine-api.ts';
import type { EventHandlers } from '../events/event-handlers.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Answer } from './answer.ts';
import type { QueryParameters } from './query-parameters.ts';
import type { TokenStore } from './token-store.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
export type ServerMode = 'oss' | 'orkes';

/** One line of the route table. */
export interface Route {
  readonly method: Method;
  /** As in the server's API document: `/api/workflow/{workflowId}`. */
  readonly path: string;
  /** Group and method of the client, for fault rules and counts: `workflow.start`. */
  readonly operation: string;
  /** Absent: both. */
  readonly mode?: ServerMode | undefined;
  /** Shape of the request body; absent: it is not read. A missing or wrong one is a 500. */
  readonly body?: 'object' | 'object-or-text' | 'array' | 'text' | undefined;
  /** Answered without a token in Orkes mode. */
  readonly open?: boolean | undefined;
  readonly handle: (request: RouteRequest, server: RouteContext) => Answer | Promise<Answer>;
}

export interface RouteRequest {
  /** A decoded path segment. */
  readonly segment: (name: string) => string;
  /** All of them by name. */
  readonly segments: Readonly<Record<string, string>>;
  readonly query: QueryParameters;
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed body, already of the shape that the route declares. */
  readonly body: unknown;
  /** The body as it came. */
  readonly bytes: Buffer;
  readonly token: string | undefined;
}

/** What the handlers work on; lives as long as the server. */
export interface RouteContext {
  readonly engine: Engine;
  readonly scheduler: Scheduler;
  readonly eventHandlers: EventHandlers;
  readonly tokens: TokenStore;
  readonly clock: Clock;
  readonly mode: ServerMode;
  /** Aborted when the server closes. */
  readonly closing: AbortSignal;
}
