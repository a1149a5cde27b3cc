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
  // Getters of a value may come back here with other secrets, a text cannot.
  if (typeof value !== 'string') return toPlain(value, createRedactor({ redact: secrets }));
  latest = secrets;
  return ofTexts.text(value, Infinity);
}

/**
 * Lives as long as the process: with the same secrets as in the last call, their spellings are known. A client asks for
 * each text of each error.
 */
let latest: readonly (string | undefined)[] = [];
const ofTexts = /* @__PURE__ */ createRedactor({ redact: () => latest });
