import { brand, hasBrand, isOrdinaryInstance } from './error-brand.ts';
import { ERROR_CODES } from './error-codes.ts';
import type { CodeFacts, RequestSent, TransportErrorCode } from './error-codes.ts';

/** What varies between two errors of one code. Never headers, bodies or credentials. */
export interface TransportErrorDetails {
  readonly origin?: string | undefined;
  /** The proxy on the way, without its credentials. */
  readonly proxy?: string | undefined;
  /** `address:port CODE`, one for each address tried. */
  readonly addresses?: readonly string[] | undefined;
  /** HTTP status of the answer that caused the error. */
  readonly status?: number | undefined;
  /** Error code of HTTP/2 (RFC 9113 section 7). */
  readonly http2Code?: number | undefined;
  readonly timeoutMs?: number | undefined;
  readonly limitBytes?: number | undefined;
  /** The option, header or part of the arguments that is wrong. */
  readonly option?: string | undefined;
  readonly header?: string | undefined;
  readonly detail?: string | undefined;
  readonly encoding?: string | undefined;
  /** Where a setting came from: an option, or the name of an environment variable. */
  readonly source?: string | undefined;
  /** Of a redirect: where it came from, where it pointed, and why it was not followed. */
  readonly url?: string | undefined;
  readonly location?: string | undefined;
  readonly reason?: string | undefined;
  /** Versions of undici. */
  readonly found?: string | undefined;
  readonly wanted?: string | undefined;
}

export interface TransportErrorInit extends TransportErrorDetails {
  readonly cause?: unknown;
  readonly requestSent?: RequestSent | undefined;
  /** In place of the hint that belongs to the code. */
  readonly hint?: string | undefined;
}

/** A call that got no usable answer, or was never sent. `code` says what happened, `requestSent` what the server may have seen. */
export class TransportError extends Error implements TransportErrorDetails {
  override readonly name: string = 'TransportError';
  readonly code: TransportErrorCode;
  /** `false`: the server has not processed the request, so it may be sent again. `true`: it has answered. */
  readonly requestSent: RequestSent;
  /** The same call would fail in the same way until a person changes something. */
  readonly permanent: boolean;
  readonly hint: string;
  declare readonly origin?: string | undefined;
  declare readonly proxy?: string | undefined;
  declare readonly addresses?: readonly string[] | undefined;
  declare readonly status?: number | undefined;
  declare readonly http2Code?: number | undefined;
  declare readonly timeoutMs?: number | undefined;
  declare readonly limitBytes?: number | undefined;
  declare readonly option?: string | undefined;
  declare readonly header?: string | undefined;
  declare readonly detail?: string | undefined;
  declare readonly encoding?: string | undefined;
  declare readonly source?: string | undefined;
  declare readonly url?: string | undefined;
  declare readonly location?: string | undefined;
  declare readonly reason?: string | undefined;
  declare readonly found?: string | undefined;
  declare readonly wanted?: string | undefined;

  constructor(code: TransportErrorCode, init: TransportErrorInit = {}) {
    const [message, usualHint, usuallySent, permanent, hintsByCause] = ERROR_CODES[code];
    const { cause, hint, requestSent, ...details } = init;
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.requestSent = requestSent ?? usuallySent ?? 'unknown';
    this.permanent = permanent ?? false;
    this.hint = hint ?? hintByCause(hintsByCause, cause) ?? usualHint;
    Object.assign(this, details);
    brand(this, ['TransportError']);
  }

  toJSON(): Record<string, unknown> {
    const { name, message, cause: _, ...fields } = this;
    return { name, message, ...fields };
  }

  static {
    Object.defineProperty(this.prototype, Symbol.for('nodejs.util.inspect.custom'), { value: inspect });
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return this === TransportError ? hasBrand(value, 'TransportError') : isOrdinaryInstance(value, this);
  }
}

function hintByCause(hintsByCause: CodeFacts[4], cause: unknown): string | undefined {
  if (hintsByCause === undefined || !(cause instanceof Error) || !('code' in cause)) return undefined;
  return hintsByCause.find(([fits]) => fits.test(String(cause.code)))?.[1];
}

/** Causes of Node can hold whole certificates and sockets: only their code and message are printed. */
function inspect(this: TransportError): string {
  const lines = [this.stack ?? `${this.name}: ${this.message}`];
  for (const [key, value] of Object.entries(this.toJSON())) {
    if (key !== 'name' && key !== 'message' && value !== undefined) lines.push(`  ${key}: ${JSON.stringify(value)}`);
  }
  if (this.cause instanceof Error) lines.push(`  cause: ${summary(this.cause)}`);
  return lines.join('\n');
}

function summary(error: Error): string {
  const code = 'code' in error ? `${String(error.code)} ` : '';
  return `${code}${error.message.slice(0, 300)}`;
}
