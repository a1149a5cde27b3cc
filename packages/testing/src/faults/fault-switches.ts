import type { Connection } from '../server/connection.ts';
import type { TokenStore } from '../server/token-store.ts';
import { checkFault } from './check-fault.ts';
import { checkMatch } from './check-match.ts';
import { type ConnectFault, type Fault, type Moment, endsExchange } from './fault.ts';
import {
  type ConnectFaultRule,
  type FaultHandle,
  type FaultMatch,
  type FaultRule,
  type RequestFacts,
  strikes,
} from './fault-rule.ts';
import { goAwayAbruptly, goAwayGracefully } from './goaway.ts';

/** What the switches act on. */
export interface FaultTargets {
  readonly tokens: TokenStore;
  readonly random: () => number;
  /** Names that a rule may ask for. */
  readonly operations: ReadonlySet<string>;
  connections(): Iterable<Connection>;
  limitStreams(maxConcurrentStreams: number): void;
  stopListening(): void;
  listenAgain(): Promise<void>;
}

/** Which requests, and how often. */
export interface FaultScope extends FaultMatch {
  readonly times?: number | undefined;
}

interface StandingRule<R> {
  readonly rule: R;
  readonly counters: { fitting: number; hits: number };
}

/** How a test makes the server misbehave: rules that strike requests or connections, and things that happen at once. */
export class FaultSwitches {
  readonly #targets: FaultTargets;
  readonly #rules = new Set<StandingRule<FaultRule>>();
  readonly #connectRules = new Set<StandingRule<ConnectFaultRule>>();
  #refusing = false;

  constructor(targets: FaultTargets) {
    this.#targets = targets;
  }

  /** Adds a rule; it stands until it is spent, removed or cleared. */
  add(rule: FaultRule | ConnectFaultRule): FaultHandle {
    if ('connect' in rule) return stand(this.#connectRules, rule);
    checkMatch(rule.match ?? {}, this.#targets.operations);
    for (const fault of [rule.fault].flat()) checkFault(fault);
    return stand(this.#rules, rule);
  }

  /** Ends everything: rules, silence, refused connections. Tokens that were refused stay refused. */
  async clear(): Promise<void> {
    this.#rules.clear();
    this.#connectRules.clear();
    for (const connection of this.#targets.connections()) connection.endSilence();
    await this.acceptConnections();
  }

  /** Answers with this status and does nothing else. `headers` may hold a `retry-after`. */
  answer(status: number, scope: FaultScope & { headers?: Record<string, string>; body?: unknown } = {}): FaultHandle {
    const { headers, body, ...rest } = scope;
    return this.#addScoped(rest, { kind: 'status', status, headers, body });
  }

  delay(ms: number, scope: FaultScope = {}): FaultHandle {
    return this.#addScoped(scope, { kind: 'delay', ms });
  }

  /** Carries the request out, then resets the connection in place of an answer. */
  loseAnswers(scope: FaultScope = {}): FaultHandle {
    return this.#addScoped(scope, { kind: 'reset', at: 'after-handling' });
  }

  /** Resets the connection; the request is not carried out, unless `at` says otherwise. */
  resetConnections(scope: FaultScope & { at?: Moment } = {}): FaultHandle {
    const { at, ...rest } = scope;
    return this.#addScoped(rest, { kind: 'reset', at });
  }

  /** Never answers; the connection stays open. */
  stall(scope: FaultScope & { at?: Moment } = {}): FaultHandle {
    const { at, ...rest } = scope;
    return this.#addScoped(rest, { kind: 'stall', at });
  }

  /** Sends half of each answer and then closes. */
  truncateAnswers(scope: FaultScope = {}): FaultHandle {
    return this.#addScoped(scope, { kind: 'truncate' });
  }

  /** HTTP/2: refuses streams, which promises that nothing was done. */
  refuseStreams(scope: FaultScope = {}): FaultHandle {
    return this.#addScoped(scope, { kind: 'reset-stream', code: 7 });
  }

  /** What happens to new connections as they are accepted. */
  onConnect(connect: ConnectFault, scope: Omit<ConnectFaultRule, 'connect'> = {}): FaultHandle {
    return this.add({ ...scope, connect });
  }

  /** Now, on every open connection: a graceful goodbye, or with a code an abrupt one. */
  goaway(options: { code?: number } = {}): void {
    const { code = 0 } = options;
    for (const connection of this.#targets.connections()) {
      if (code === 0) goAwayGracefully(connection);
      else goAwayAbruptly(connection, code);
    }
  }

  /** From now on HTTP/2 connections, open ones too, may have this many streams at a time. */
  limitStreams(maxConcurrentStreams: number): void {
    this.#targets.limitStreams(maxConcurrentStreams);
  }

  /** Now: closes every connection on which nothing runs, as servers do with idle ones. */
  closeIdleConnections(): void {
    for (const connection of this.#targets.connections()) if (connection.isIdle) connection.retire();
  }

  /** Now: every open connection falls silent, and stays open. New ones work. */
  blackHole(): void {
    for (const connection of this.#targets.connections()) connection.silence();
  }

  /** Now: all tokens issued so far have expired. */
  expireTokens(): void {
    this.#targets.tokens.expireAll();
  }

  /** Now: all tokens issued so far are refused with this error code. */
  rejectTokens(code?: string): void {
    this.#targets.tokens.reject(code);
  }

  /** From now on new connections are refused by the operating system; open ones go on. */
  refuseConnections(): void {
    this.#refusing = true;
    this.#targets.stopListening();
  }

  async acceptConnections(): Promise<void> {
    if (!this.#refusing) return;
    this.#refusing = false;
    await this.#targets.listenAgain();
  }

  /** Like a crash and a new start on the same data: every connection is reset, the port comes back after `downMs` real ones. */
  async restart(options: { downMs?: number } = {}): Promise<void> {
    this.refuseConnections();
    for (const connection of this.#targets.connections()) connection.reset();
    if (options.downMs !== undefined) await new Promise((resolve) => setTimeout(resolve, options.downMs));
    await this.acceptConnections();
  }

  /** For the server: the faults that strike this request. */
  strikeRequest(facts: RequestFacts): readonly Fault[] {
    const struck: Fault[] = [];
    for (const { rule, counters } of this.#rules) {
      const faults = [rule.fault].flat();
      // One end per request: a later rule keeps its strike for another one.
      if (struck.some(endsExchange) && faults.some(endsExchange)) continue;
      if (strikes(rule, counters, facts, this.#targets.random)) struck.push(...faults);
    }
    return struck;
  }

  /** For the server: the fault that strikes this new connection. */
  strikeConnection(): ConnectFault | undefined {
    for (const { rule, counters } of this.#connectRules) {
      if (strikes(rule, counters, undefined, this.#targets.random)) return rule.connect;
    }
    return undefined;
  }

  #addScoped(scope: FaultScope, fault: Fault): FaultHandle {
    const { times, ...match } = scope;
    return this.add({ match, times, fault });
  }
}

function stand<R>(rules: Set<StandingRule<R>>, rule: R): FaultHandle {
  const standing: StandingRule<R> = { rule, counters: { fitting: 0, hits: 0 } };
  rules.add(standing);
  const remove = (): void => void rules.delete(standing);
  return {
    get hits() {
      return standing.counters.hits;
    },
    remove,
    [Symbol.dispose]: remove,
  };
}
