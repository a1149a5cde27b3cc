import { expect, test } from 'vitest';
import { askProvider } from '../src/ask-provider.ts';
import { isPermanentNetworkFault } from '../src/permanent-network-fault.ts';
import { createScrubber } from '../src/scrub-secrets.ts';

const { signal } = new AbortController();
const ask = (provided: unknown): Promise<unknown> =>
  askProvider(async () => provided as string, createScrubber([]), signal);
const invalid = { failure: { kind: 'permanent', code: 'AUTH_TOKEN_INVALID' } };

test.each<[unknown, unknown]>([
  ['t', { received: { token: 't' } }],
  [{ token: 't' }, { received: { token: 't' } }],
  [{ token: 't', expiresAt: 1e11 }, { received: { token: 't', expiresAtMs: 1e11 } }],
  [{ token: 't', expiresAt: new Date(2e12) }, { received: { token: 't', expiresAtMs: 2e12 } }],
  [{ token: 't', expiresAt: Infinity }, { received: { token: 't', expiresAtMs: Infinity } }],
  [{ token: 't', expiresAt: 1e11 - 1 }, invalid],
  [{ token: 't', expiresAt: 'soon' }, invalid],
  [{ token: 5 }, invalid],
  [{}, invalid],
  [undefined, invalid],
  [null, invalid],
  [7, invalid],
  ['', invalid],
])('what a token function returns: %j', async (provided, outcome) => {
  expect(await ask(provided)).toEqual(outcome);
});

test('what a token function throws is the cause', async () => {
  const cause = new Error('vault');
  const outcome = await askProvider(() => Promise.reject(cause), createScrubber([]), signal);
  expect(outcome).toEqual({ failure: { kind: 'permanent', code: 'AUTH_PROVIDER_FAILED', cause } });
});

test.each<[unknown, boolean]>([
  [{ permanent: true }, true],
  [{ permanent: 'yes' }, false],
  [{ code: 'CERT_HAS_EXPIRED' }, true],
  [{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, true],
  [{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, true],
  [{ code: 'ERR_TLS_X' }, true],
  [{ code: 'ERR_SSL_X' }, true],
  [{ code: 'XERR_TLS_' }, false],
  [{ code: 'XERR_SSL_' }, false],
  [{ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, true],
  [{ code: 'UNABLE_TO_GET_ISSUER_CERT' }, true],
  [{ code: 'UNABLE_TO_GET_ISSUER' }, true],
  [{ code: 'HOSTNAME_MISMATCH' }, true],
  [{ code: 'ECONNREFUSED' }, false],
  [{ code: 7 }, false],
  [deep(4), true],
  [deep(5), false],
  [undefined, false],
  [null, false],
  ['CERT', false],
])('%j will hardly pass by itself: %s', (error, permanent) => {
  expect(isPermanentNetworkFault(error)).toBe(permanent);
});

function deep(depth: number): unknown {
  return depth === 0 ? { permanent: true } : { cause: deep(depth - 1) };
}
