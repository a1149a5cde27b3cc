import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { jwtExpiryMs } from '../src/jwt-expiry.ts';
import { requestToken, type MintOutcome } from '../src/request-token.ts';
import { createScrubber } from '../src/scrub-secrets.ts';
import { resolveOptions } from '../src/token-manager-options.ts';
import { jwt } from './token-server.ts';

/** A guard against reading a text again for each of its characters, which takes many times as much, in processor time: other programs do not count. */
const GUARD_US = 5_000_000;

/** The same few characters over and over: what makes an expression start again and again. */
const longTexts = fc
  .tuple(
    fc.constantFrom('', 'x', 'eyJ', 'eyJa.b', '"', '{"message":"'),
    fc.constantFrom('eyJ-', 'eyJ', 'eyJ-a.', 'eyJ.', 'a.', '-', '.', '/', ' ', '\u0000', '\\', '"', '[', '{"a":', 'é'),
    fc.constantFrom('', 'x', '.', '..', 'é', '"}'),
  )
  .map(([start, piece, end]) => start + piece.repeat(Math.floor(130_000 / piece.length)) + end);

test('never: a text that takes long to clean, whatever it repeats', () => {
  const scrubber = createScrubber(['my-secret', 'a-token-of-some-kind']);
  fc.assert(fc.property(longTexts, (text) => void inTime(() => scrubber.text(text))));
});

test('never: a token whose expiry takes long to read, or is no date of this age', () => {
  const tokens = fc.oneof(
    longTexts,
    fc.string({ unit: 'binary' }),
    fc.tuple(fc.string(), fc.string(), fc.string()).map((parts) => parts.join('.')),
    fc.string().map((text) => `a.${btoa(encodeURIComponent(text))}.c`),
    fc.anything().map((exp) => jwt({ exp: typeof exp === 'bigint' ? Number(exp) : exp })),
    fc.double().map((exp) => jwt({ exp })),
  );
  fc.assert(
    fc.property(tokens, (token) => {
      const expiryMs = inTime(() => jwtExpiryMs(token));
      if (expiryMs === undefined) return;
      expect(expiryMs).toBeGreaterThanOrEqual(1e12);
      expect(expiryMs).toBeLessThan(1e14);
    }),
  );
});

test('never: an answer of the token endpoint that takes long to read, is kept whole, or shows the secret', async () => {
  await fc.assert(
    fc.asyncProperty(longTexts, fc.constantFrom(200, 401, 500), async (text, status) => {
      const body = JSON.stringify({ error: text.slice(0, 60), message: `${text.slice(0, 120_000)} my-secret` });
      const started = process.cpuUsage();
      const outcome = await readAnswerOf(new Response(body, { status }));
      expect(process.cpuUsage(started).user).toBeLessThan(GUARD_US);
      expect(JSON.stringify(outcome)).not.toContain('my-secret');
      expect(JSON.stringify(outcome).length).toBeLessThan(2_000);
    }),
    { numRuns: 50 },
  );
});

test('never: a server URL that takes long to read', () => {
  fc.assert(
    fc.property(longTexts, (text) => {
      const serverUrl = `http://a.test/${text}`;
      const { source } = inTime(() => resolveOptions({ serverUrl, keyId: 'k', keySecret: 's' }));
      expect(source).toMatchObject({ url: expect.stringMatching(/[^/]\/api\/token$/) });
    }),
    { numRuns: 50 },
  );
});

function inTime<T>(work: () => T): T {
  const started = process.cpuUsage();
  const result = work();
  expect(process.cpuUsage(started).user).toBeLessThan(GUARD_US);
  return result;
}

function readAnswerOf(response: Response): Promise<MintOutcome> {
  const request = {
    fetch: async () => response,
    url: 'http://a.test',
    keyId: 'k',
    keySecret: 'my-secret',
    headers: {},
  };
  return requestToken(request, createScrubber(['my-secret']), new AbortController().signal);
}
