import type { ConnectFault, Fault } from './fault.ts';

/** Which requests a rule strikes. All that is given must hold; nothing given: every request. */
export interface FaultMatch {
  readonly method?: string | undefined;
  /** Text: the path starts with it. */
  readonly path?: string | RegExp | undefined;
  /** Group and method of the client, as in `received`: `workflow.start`. */
  readonly operation?: string | readonly string[] | undefined;
  readonly protocol?: 'HTTP/1.1' | 'HTTP/2' | undefined;
  /** Only the nth of the requests that fit the rest, from 1. */
  readonly nth?: number | readonly number[] | undefined;
  /** From 0 to 1, drawn from the server's seeded generator. */
  readonly probability?: number | undefined;
}

export interface FaultRule {
  readonly match?: FaultMatch | undefined;
  /** Strikes after which the rule is spent. @default no limit */
  readonly times?: number | undefined;
  readonly fault: Fault | readonly Fault[];
}

/** For connections, at the moment they are accepted. */
export interface ConnectFaultRule {
  readonly times?: number | undefined;
  /** Only the nth connection accepted since the rule was added, from 1. */
  readonly nth?: number | readonly number[] | undefined;
  readonly probability?: number | undefined;
  readonly connect: ConnectFault;
}

export interface FaultHandle {
  /** How often it struck. */
  readonly hits: number;
  remove(): void;
  [Symbol.dispose](): void;
}

export interface RequestFacts {
  readonly method: string;
  readonly path: string;
  readonly operation: string | undefined;
  readonly protocol: 'HTTP/1.1' | 'HTTP/2';
}

interface Counters {
  /** Things that fitted so far. */
  fitting: number;
  hits: number;
}

/** Decides whether the rule strikes, and counts. */
export function strikes(
  rule: FaultRule | ConnectFaultRule,
  counters: Counters,
  facts: RequestFacts | undefined,
  random: () => number,
): boolean {
  const limits = 'connect' in rule ? rule : (rule.match ?? {});
  if (counters.hits >= (rule.times ?? Infinity)) return false;
  if (facts !== undefined && !fits('connect' in rule ? {} : (rule.match ?? {}), facts)) return false;
  counters.fitting += 1;
  if (limits.nth !== undefined && ![limits.nth].flat().includes(counters.fitting)) return false;
  // Drawn only here, so that a seed gives the same strikes whatever other traffic there is.
  if (limits.probability !== undefined && random() >= limits.probability) return false;
  counters.hits += 1;
  return true;
}

function fits(match: FaultMatch, facts: RequestFacts): boolean {
  const { method, path, operation, protocol } = match;
  if (method !== undefined && method.toUpperCase() !== facts.method) return false;
  if (typeof path === 'string' && !facts.path.startsWith(path)) return false;
  // `search`, unlike `test`, takes no notice of the state of a global expression.
  if (path instanceof RegExp && facts.path.search(path) < 0) return false;
  if (protocol !== undefined && protocol !== facts.protocol) return false;
  return operation === undefined || [operation].flat().includes(facts.operation ?? '');
}
