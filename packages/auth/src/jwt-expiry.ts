// Seconds since 1970. Below: 2001, so hardly a date at all. Above: the year 5138, so milliseconds or nonsense.
const EARLIEST_EXP = 1e9;
const LATEST_EXP = 1e11;

/** `exp` of a JWT (RFC 7519, section 4.1.4) in milliseconds since 1970; `undefined` for other tokens and absurd values. */
export function jwtExpiryMs(token: string): number | undefined {
  const parts = token.split('.');
  const payload = parts[1];
  if (parts.length !== 3 || payload === undefined) return undefined;
  try {
    // The signature is the server's business: `exp` can only shorten how long we use the token.
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
    const exp = typeof claims === 'object' && claims !== null && 'exp' in claims ? claims.exp : undefined;
    return typeof exp === 'number' && exp >= EARLIEST_EXP && exp < LATEST_EXP ? exp * 1_000 : undefined;
  } catch {
    return undefined;
  }
}
