import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { jwtExpiryMs } from '../src/jwt-expiry.ts';
import { measureLife, type LifePolicy, type ReceivedToken } from '../src/measure-life.ts';
import { TOKEN_TTL_MS } from '../src/token-limits.ts';
import { jwt } from './token-server.ts';

const NOW = 1_800_000_000_000;

test('a token that says nothing about its expiry is used for 45 minutes and refreshed after 36', () => {
  expect(measure({ token: 'opaque' })).toEqual({ lifeMs: 2_700_000, refreshAfterMs: 2_160_000 });
});

test('a configured interval shortens the refresh and never lengthens it', () => {
  expect(measure({ token: 'opaque' }, { refreshIntervalMs: 600_000 }).refreshAfterMs).toBe(600_000);
  expect(measure({ token: 'opaque' }, { refreshIntervalMs: 9_000_000 }).refreshAfterMs).toBe(2_160_000);
});

test('exp shortens the life, with a margin of a tenth up to ten seconds', () => {
  expect(measure({ token: jwt({ exp: NOW / 1_000 + 10 }) }).lifeMs).toBe(9_000);
  expect(measure({ token: jwt({ exp: NOW / 1_000 + 600 }) }).lifeMs).toBe(590_000);
});

test('exp never lengthens the life', () => {
  expect(measure({ token: jwt({ exp: NOW / 1_000 + 86_400 }) }).lifeMs).toBe(TOKEN_TTL_MS);
});

test('exp in the past is an expiry on arrival', () => {
  expect(measure({ token: jwt({ exp: NOW / 1_000 - 60 }) }).lifeMs).toBeLessThanOrEqual(0);
});

test.each([1e18, 0, -1, 1.8e12, Number.MAX_VALUE, '1800000000', null, true, {}])('exp %j is ignored', (exp) => {
  expect(jwtExpiryMs(jwt({ exp }))).toBeUndefined();
  expect(measure({ token: jwt({ exp }) }).lifeMs).toBe(TOKEN_TTL_MS);
});

test.each(['a.b', 'a.b.c.d', 'a.!.c', `a.${btoa('null')}.c`, `a.${btoa('7')}.c`, `a.${btoa('{}')}.c`, '..'])(
  '%s has no expiry to read',
  (token) => {
    expect(jwtExpiryMs(token)).toBeUndefined();
  },
);

test('the earliest exp that counts is that of the year 2001', () => {
  expect(jwtExpiryMs(jwt({ exp: 1e9 }))).toBe(1e12);
  expect(jwtExpiryMs(jwt({ exp: 1e11 }))).toBeUndefined();
});

test('a part more, or one less, and it is no JWT', () => {
  const token = jwt({ exp: NOW / 1_000 });
  expect(jwtExpiryMs(token)).toBe(NOW);
  expect(jwtExpiryMs(`${token}.x`)).toBeUndefined();
});

test('the Date header corrects a local clock that is more than 30 seconds off', () => {
  const hourAhead = { token: jwt({ exp: NOW / 1_000 + 3_600 + 100 }), serverDateMs: NOW + 3_600_000 };
  expect(measure(hourAhead).lifeMs).toBe(90_000);
});

test('a Date header within 30 seconds is not taken for a wrong clock', () => {
  expect(measure({ token: jwt({ exp: NOW / 1_000 + 100 }), serverDateMs: NOW + 30_000 }).lifeMs).toBe(90_000);
});

test('an expiry given by a token function may be longer than 45 minutes', () => {
  const day = { token: 'opaque', expiresAtMs: NOW + 86_400_000 };
  expect(measure(day, { refreshIntervalMs: 0, capped: false })).toEqual({
    lifeMs: 86_390_000,
    refreshAfterMs: 0.8 * 86_390_000,
  });
});

test('a fixed token has no end and no refresh', () => {
  const fixed = { token: 'opaque', expiresAtMs: Number.POSITIVE_INFINITY };
  expect(measure(fixed, { refreshIntervalMs: 0, capped: false })).toEqual({
    lifeMs: Infinity,
    refreshAfterMs: Infinity,
  });
});

test('the refresh is spread by 5 percent either way', () => {
  expect(measure({ token: 'opaque' }, {}, 0).refreshAfterMs).toBeCloseTo(2_160_000 * 0.95);
  expect(measure({ token: 'opaque' }, {}, 1).refreshAfterMs).toBeCloseTo(2_160_000 * 1.05);
});

test('no token, clock or interval makes a life that is not a number, too long, or over before its refresh', () => {
  const anyToken = fc.oneof(
    fc.string(),
    fc.jsonValue().map((exp) => jwt({ exp })),
    fc.double({ noNaN: true }).map((exp) => jwt({ exp })),
    fc.integer({ min: -5_000, max: 5_000 }).map((s) => jwt({ exp: NOW / 1_000 + s })),
    fc.string().map((part) => `a.${part}.c`),
  );
  const anyDate = fc.option(fc.integer({ min: -8.64e15, max: 8.64e15 }), { nil: undefined });
  fc.assert(
    fc.property(
      anyToken,
      anyDate,
      fc.nat(1e7),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (token, date, every, random) => {
        const life = measure({ token, serverDateMs: date }, { refreshIntervalMs: every }, random);
        expect(life.lifeMs).toBeLessThanOrEqual(TOKEN_TTL_MS);
        expect(Number.isFinite(life.refreshAfterMs)).toBe(true);
        if (life.lifeMs > 0) expect(life.refreshAfterMs).toBeLessThan(life.lifeMs);
      },
    ),
    { numRuns: 500 },
  );
});

function measure(
  received: ReceivedToken,
  policy: Partial<LifePolicy> = {},
  random = 0.5,
): ReturnType<typeof measureLife> {
  return measureLife(received, { refreshIntervalMs: 3_600_000, capped: true, ...policy }, NOW, random);
}
