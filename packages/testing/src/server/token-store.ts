import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { type Answer, jsonAnswer } from './answer.ts';

export interface AccessKey {
  readonly keyId: string;
  readonly keySecret: string;
}

export interface TokenStoreOptions {
  readonly clock: Clock;
  readonly keys: readonly AccessKey[];
  readonly ttlMs: number;
}

interface IssuedToken {
  readonly serial: number;
  readonly expiresAtMs: number;
  /** Why it is no longer taken, though its time is not up. */
  refusal?: string | undefined;
}

/** Tokens remembered; the oldest is forgotten beyond it, and is unknown from then on. */
const MAX_TOKENS = 1_000;

/** The tokens of a server in Orkes mode: JSON Web Tokens that expire by the server's clock. */
export class TokenStore {
  readonly #options: TokenStoreOptions;
  readonly #tokens = new Map<string, IssuedToken>();
  // Signed, so that they look real; the key lives as long as the server.
  readonly #signingKey = randomBytes(32);
  #issued = 0;

  constructor(options: TokenStoreOptions) {
    this.#options = options;
  }

  get issued(): number {
    return this.#issued;
  }

  get keyId(): string {
    return this.#options.keys[0]?.keyId ?? '';
  }

  /** POST /api/token. */
  answer(request: Readonly<Record<string, unknown>>): Answer {
    const key = this.#options.keys.find(({ keyId }) => keyId === request['keyId']);
    if (key === undefined || key.keySecret !== request['keySecret']) {
      return refusal('INVALID_KEY', 'Invalid access key id or secret');
    }
    return jsonAnswer({ token: this.mint(key.keyId) });
  }

  mint(keyId: string = this.keyId): string {
    const nowMs = this.#options.clock.now();
    const expiresAtMs = nowMs + this.#options.ttlMs;
    const claims = { sub: keyId, jti: randomUUID(), iat: seconds(nowMs), exp: seconds(expiresAtMs) };
    const content = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
    const token = `${content}.${createHmac('sha256', this.#signingKey).update(content).digest('base64url')}`;
    this.#issued += 1;
    this.#tokens.set(token, { serial: this.#issued, expiresAtMs });
    for (const oldest of this.#tokens.keys()) {
      if (this.#tokens.size <= MAX_TOKENS) break;
      this.#tokens.delete(oldest);
    }
    return token;
  }

  /** The answer to a request whose token is no good; undefined when it is. */
  refusalFor(token: string | undefined): Answer | undefined {
    if (token === undefined || token === '') return refusal('INVALID_TOKEN', 'Token cannot be null or empty');
    const known = this.#tokens.get(token);
    if (known === undefined) return refusal('INVALID_TOKEN', 'Invalid token');
    if (known.refusal !== undefined) return refusal(known.refusal, 'Token is no longer accepted');
    return known.expiresAtMs <= this.#options.clock.now() ? refusal('EXPIRED_TOKEN', 'Token has expired') : undefined;
  }

  /** Which of the issued tokens it is, from 1; for logs, which must not show tokens. */
  serialOf(token: string | undefined): number | undefined {
    return token === undefined ? undefined : this.#tokens.get(token)?.serial;
  }

  /** No token issued so far is taken any more: 401 with this code. New ones are. */
  reject(code = 'INVALID_TOKEN'): void {
    for (const token of this.#tokens.values()) token.refusal = code;
  }

  expireAll(): void {
    this.reject('EXPIRED_TOKEN');
  }
}

const refusal = (error: string, message: string): Answer =>
  jsonAnswer({ status: 401, error, message, retryable: false }, 401);

const seconds = (ms: number): number => Math.floor(ms / 1_000);
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
