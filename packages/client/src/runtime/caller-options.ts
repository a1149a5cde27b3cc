import type { Lifetime } from '../client-lifetime.ts';
import type { CallFacts } from '../errors/call-facts.ts';
import type { ServerFamilyProbe } from '../server-family.ts';
import type { Call, CallInit } from './call.ts';
import type { CallTrace } from './call-trace.ts';
import type { ParseJson } from './parse-json.ts';
import type { RequestDefaults } from './prepare-request.ts';
import type { Patience } from './patience.ts';
import type { Redact } from './read-answer.ts';
import type { Holder } from './too-slow.ts';

/** Sends a finished request and gives the last answer, good or bad. */
export type Send = (url: string, init: CallInit, trace: CallTrace) => Promise<Response>;

/** What the runtime needs from the composition root. */
export interface CallerOptions extends RequestDefaults {
  readonly send: Send;
  readonly lifetime: Lifetime;
  readonly family: ServerFamilyProbe;
  readonly redact: Redact;
  /** The same for an error and its causes. */
  readonly scrub: (error: unknown) => unknown;
  readonly parseJson?: ParseJson | undefined;
  /** How long it may hold a call. */
  readonly hold: Holder;
  /** In milliseconds, for time limits. @default a monotonic clock */
  readonly now?: (() => number) | undefined;
  /** What the connections to the server speak now. */
  readonly protocol?: (() => CallFacts['protocol']) | undefined;
  /** What to throw in place of an error, after interceptors have seen it; `patience`: what is left for the next of them. */
  readonly onError: (error: unknown, call: CallFacts, trace: CallTrace, patience: () => Patience) => unknown;
  /** Told of each finished call, with the attempts that it took. */
  readonly onDone: (call: Call) => void;
}
