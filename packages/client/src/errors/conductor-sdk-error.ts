import { brand, brandOf } from './brand.ts';

/** What a subclass adds to a plain message. */
export interface SdkErrorDetails {
  /** Stable, in capitals. @default 'SDK_ERROR' */
  readonly code?: string | undefined;
  /** What to do next. */
  readonly hint?: string | undefined;
  /** Class names, most specific first, for `instanceof` across installed copies. */
  readonly brands?: readonly string[] | undefined;
}

/**
 * The base of all errors: `instanceof ConductorSdkError` is true for the errors of every package of the family,
 * whichever copy made them.
 *
 * `message` is the same for two failures of the same kind and operation, so that error trackers group them; what
 * varies stands in fields, and `hint` says what to do next.
 */
export class ConductorSdkError extends Error {
  override readonly name: string;
  readonly code: string;
  readonly hint: string | undefined;

  constructor(message?: string, cause?: unknown, details: SdkErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause });
    const brands = details.brands ?? ['ConductorSdkError'];
    this.name = brands[0] ?? 'ConductorSdkError';
    this.code = details.code ?? 'SDK_ERROR';
    this.hint = details.hint;
    brand(this, brands);
  }

  /** @deprecated Use `cause`. */
  get _trace(): unknown {
    return this.cause;
  }

  /** Name, code, message, hint and the plain fields: nothing that was sent, no stack, no cause. */
  toJSON(): Record<string, unknown> {
    return { ...(this as object), message: this.message };
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    // The base accepts everything that carries the brand, also from packages that know nothing of this class.
    if (this === ConductorSdkError) return brandOf(value) !== undefined;
    return Function.prototype[Symbol.hasInstance].call(this, value);
  }
}
