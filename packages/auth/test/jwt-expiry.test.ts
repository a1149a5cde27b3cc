import { expect, test } from 'vitest';
import { jwtExpiryMs } from '../src/jwt-expiry.ts';

const EXP = 1_900_000_000;

function encoded(claims: unknown): string {
  return Buffer.from(JSON.stringify(claims)).toString('base64url');
}

test('exp is read in the alphabet of URLs', () => {
  // Their base64url holds both characters that base64 does not have.
  for (const filler of ['?>?>?>', '~~~~~~', 'ÿþÿþ'])
    expect(jwtExpiryMs(`h.${encoded({ filler, exp: EXP })}.s`)).toBe(EXP * 1_000);
  expect(encoded({ filler: '?>?>?>' }) + encoded({ filler: 'ÿþÿþ' })).toMatch(/-.*_|_.*-/);
});

test.each([
  ['two parts', `h.${encoded({ exp: EXP })}`],
  ['four parts', `h.${encoded({ exp: EXP })}.s.t`],
  ['no JSON', 'h.!!!.s'],
  ['null', `h.${encoded(null)}.s`],
  ['a number', `h.${encoded(7)}.s`],
  ['no exp', `h.${encoded({})}.s`],
  ['exp as text', `h.${encoded({ exp: String(EXP) })}.s`],
])('%s tells nothing', (_what, token) => {
  expect(jwtExpiryMs(token)).toBeUndefined();
});
