import { brand, hasBrand, isOrdinaryInstance } from './error-brand.ts';
import { TransportError } from './transport-error.ts';
import type { TransportErrorInit } from './transport-error.ts';

/** The proxy answered 407: the credentials in its URL are missing or wrong. */
export class ProxyAuthError extends TransportError {
  override readonly name: string = 'ProxyAuthError';

  constructor(init: TransportErrorInit = {}) {
    super('PROXY_AUTH_REQUIRED', init);
    brand(this, ['ProxyAuthError', 'TransportError']);
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return this === ProxyAuthError ? hasBrand(value, 'ProxyAuthError') : isOrdinaryInstance(value, this);
  }
}
