/** How an exchange ended, as the server sees it. */
export type Outcome =
  | 'pending'
  | 'answered'
  /** RST, FIN or RST_STREAM in place of an answer or in the middle of it. */
  | 'reset'
  | 'closed'
  | 'stream-reset'
  | 'stalled'
  | 'truncated'
  | 'garbled'
  /** The caller left before the answer was sent. */
  | 'gone';

/** One request as it arrived, and what became of it. */
export interface ReceivedRequest {
  /** From 1, in the order of arrival. */
  readonly id: number;
  /** By the server's clock. */
  readonly atMs: number;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly operation: string | undefined;
  /** Lower-case names; values that are secrets read `***`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Which of the issued tokens came with it, from 1. */
  readonly token: number | undefined;
  readonly protocol: 'HTTP/1.1' | 'HTTP/2';
  /** From 1, in the order in which connections were accepted. */
  readonly connection: number;
  /** The first 16 KiB of it; a secret in it reads `***`. */
  readonly body: string;
  readonly bodyBytes: number;
  /** Kinds of the faults that struck it. */
  readonly faults: readonly string[];
  /** Carried out: a request that was refused, or never reached the engine, was not. */
  readonly applied: boolean;
  readonly status: number | undefined;
  readonly outcome: Outcome;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };
export type LogEntry = Writable<ReceivedRequest>;

const MAX_LOGGED_BODY_BYTES = 16_384;
const SECRET_HEADERS = new Set(['x-authorization', 'authorization', 'proxy-authorization', 'cookie']);

/** The latest requests; the oldest one is dropped beyond the limit. */
export class ReceivedLog {
  readonly #entries: LogEntry[] = [];
  readonly #maxEntries: number;
  readonly #byOperation = new Map<string, number>();
  #requests = 0;

  constructor(maxEntries: number) {
    this.#maxEntries = maxEntries;
  }

  get entries(): readonly ReceivedRequest[] {
    return this.#entries;
  }

  get requests(): number {
    return this.#requests;
  }

  get byOperation(): Record<string, number> {
    return Object.fromEntries(this.#byOperation);
  }

  add(
    facts: Pick<
      ReceivedRequest,
      'atMs' | 'method' | 'path' | 'query' | 'operation' | 'headers' | 'token' | 'protocol' | 'connection'
    >,
  ): LogEntry {
    this.#requests += 1;
    const entry: LogEntry = {
      ...facts,
      id: this.#requests,
      headers: maskHeaders(facts.headers),
      body: '',
      bodyBytes: 0,
      faults: [],
      applied: false,
      status: undefined,
      outcome: 'pending',
    };
    const operation = facts.operation ?? 'unknown';
    this.#byOperation.set(operation, (this.#byOperation.get(operation) ?? 0) + 1);
    this.#entries.push(entry);
    if (this.#entries.length > this.#maxEntries) this.#entries.shift();
    return entry;
  }
}

export function recordBody(entry: LogEntry, bytes: Buffer): void {
  entry.bodyBytes = bytes.length;
  const text = bytes.toString('utf8', 0, MAX_LOGGED_BODY_BYTES);
  entry.body = text.replaceAll(/("keySecret"\s*:\s*)"(?:[^"\\]|\\.)*"?/g, '$1"***"');
}

const maskHeaders = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, SECRET_HEADERS.has(name) ? '***' : value]));
