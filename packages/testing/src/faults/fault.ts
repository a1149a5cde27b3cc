/** When, in the life of one exchange, something breaks. */
export type Moment =
  /** The request's head is there, its body is not read. */
  | 'before-reading'
  /** The whole request is there, nothing has been done with it. */
  | 'before-handling'
  /** It has been done, the answer is lost. */
  | 'after-handling'
  /** It has been done, and half of the answer is on its way. */
  | 'in-body';

/** One way to misbehave. Several can be given to one rule: they strike in the order of the exchange. */
export type Fault =
  | StatusFault
  | DelayFault
  | BreakFault
  | StreamResetFault
  | GoawayFault
  | TruncateFault
  | DripFault
  | EndlessBodyFault
  | GarbageFault
  | BlackHoleFault
  | TokenFault;

/** Another answer than the true one. */
export interface StatusFault {
  readonly kind: 'status';
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Text goes out as it is, anything else as JSON. @default an error body like the server's */
  readonly body?: unknown;
  /** Carry the request out all the same. @default false */
  readonly applied?: boolean | undefined;
}

/** Late, by the server's clock. */
export interface DelayFault {
  readonly kind: 'delay';
  readonly ms: number;
  /** @default 'before-handling' */
  readonly at?: 'before-handling' | 'after-handling' | undefined;
}

/** `reset`: RST. `close`: FIN. `stall`: nothing more on this exchange, while the connection stays open. */
export interface BreakFault {
  readonly kind: 'reset' | 'close' | 'stall';
  /** @default 'before-handling' */
  readonly at?: Moment | undefined;
}

/** HTTP/2: RST_STREAM. On HTTP/1.1 it resets the connection. */
export interface StreamResetFault {
  readonly kind: 'reset-stream';
  /** 7 (REFUSED_STREAM) promises that nothing was done, so leave `at` alone with it. @default 7 */
  readonly code?: number | undefined;
  /** @default 'before-handling' */
  readonly at?: Moment | undefined;
}

/** HTTP/2: GOAWAY on the connection of this request. HTTP/1.1: `Connection: close` on its answer. */
export interface GoawayFault {
  readonly kind: 'goaway';
  /** 0 lets running streams end; any other code ends the connection at once. @default 0 */
  readonly code?: number | undefined;
  /** Is this request below the last stream id, and so carried out? `false`: it is not, and may be sent again. @default true */
  readonly covers?: boolean | undefined;
}

/** The answer ends in the middle. */
export interface TruncateFault {
  readonly kind: 'truncate';
  /** Bytes of the body that are sent. @default half of it */
  readonly bytes?: number | undefined;
  /** `length`: a content-length tells the caller that something is missing. `close`: nothing does. @default 'length' */
  readonly framing?: 'length' | 'close' | undefined;
}

/** The answer comes a few bytes at a time, by the server's clock. */
export interface DripFault {
  readonly kind: 'drip';
  /** @default 1 */
  readonly bytes?: number | undefined;
  readonly everyMs: number;
}

/** An answer that never ends, as fast as the caller reads. */
export interface EndlessBodyFault {
  readonly kind: 'endless-body';
}

/** Bytes that are not HTTP, in place of an answer; then FIN. */
export interface GarbageFault {
  readonly kind: 'garbage';
  /** Any bytes, so any malformed response. @default the banner of an SSH server */
  readonly bytes?: string | Uint8Array | undefined;
  /** @default 'before-handling' */
  readonly at?: 'before-handling' | 'after-handling' | undefined;
}

/** The connection of this request falls silent for good; new connections work. */
export interface BlackHoleFault {
  readonly kind: 'black-hole';
}

/** Every token issued so far is refused from this request on: as expired, or with the given error code. */
export interface TokenFault {
  readonly kind: 'refuse-tokens';
  /** @default 'EXPIRED_TOKEN' */
  readonly code?: string | undefined;
}

/** What can happen to a connection as it is accepted, before any byte of HTTP. */
export type ConnectFault = 'reset' | 'close' | 'silent' | 'garbage';

/** Decides how an exchange ends; the others only happen beside it. */
export const endsExchange = ({ kind }: Fault): boolean => !PASSING_KINDS.has(kind);

const PASSING_KINDS: ReadonlySet<Fault['kind']> = new Set(['delay', 'goaway', 'black-hole', 'refuse-tokens']);

export const DEFAULT_GARBAGE = 'SSH-2.0-OpenSSH_9.9\r\n';
