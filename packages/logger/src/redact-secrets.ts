import { toPlain } from './plain-value.ts';
import { createRedactor } from './redactor.ts';

/**
 * A copy of the value without the given secrets, without the values of well-known field names (authorization, cookie,
 * password, secret, token …) and without what is a secret by its shape (a bearer token, a password in a URL, a private
 * key). A text stays a text of any length; anything else becomes bounded plain data.
 *
 * @example redactSecrets('key s3cr3t-value refused', ['s3cr3t-value']) // 'key [redacted] refused'
 */
export function redactSecrets(value: string, secrets: readonly (string | undefined)[]): string;
export function redactSecrets(value: unknown, secrets: readonly (string | undefined)[]): unknown;
export function redactSecrets(value: unknown, secrets: readonly (string | undefined)[]): unknown {
  const redactor = createRedactor({ redact: secrets });
  return typeof value === 'string' ? redactor.text(value, Infinity) : toPlain(value, redactor);
}
