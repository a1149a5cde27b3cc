/**
 * Endings of the names under which secrets travel, in lower case and without punctuation, so that
 * `X-Authorization`, `keySecret`, `client_secret` and `refreshToken` are all met by one short list.
 */
const ENDINGS = [
  'authorization',
  'cookie',
  'cookies',
  'password',
  'passwd',
  'pwd',
  'passphrase',
  'secret',
  'secrets',
  'token',
  'apikey',
  'accesskey',
  'privatekey',
  'credentials',
] as const;

/** Does a field of this name hold a secret? `more` are the user's own names. */
export function isSensitiveKey(key: string, more: readonly string[] = []): boolean {
  const bare = bareName(key);
  return ENDINGS.some((ending) => bare.endsWith(ending)) || more.some((name) => bareName(name) === bare);
}

function bareName(key: string): string {
  return key.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
