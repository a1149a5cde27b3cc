import * as fc from 'fast-check';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { ConfigError, resolveOrkesConfig, SETTINGS } from '../src/index.ts';

test('never: a value of a hundred thousand characters that takes long to read, or comes back in the error', () => {
  const long = fc
    .tuple(
      fc.constantFrom('', 'http://', 'https://a/', 'http://u:p@', 'http:', '-----BEGIN ', '"', '-', '/'),
      fc.constantFrom('/', ' ', '@', ':', 'a.', '%', '0', '1', '"', '\\', '-', '\n', 'http://', 'true', '?', '[', 'é'),
      fc.constantFrom('', 'x', '"', '\u0000', '/api', '@', '-----'),
    )
    .map(([start, piece, end]) => start + piece.repeat(Math.floor(100_000 / piece.length)) + end);
  const env = fc.dictionary(fc.constantFrom(...SETTINGS.map(({ variable }) => variable)), long, {
    minKeys: 1,
    maxKeys: 3,
  });
  fc.assert(
    fc.property(env, long, (values, name) => {
      const started = process.cpuUsage();
      const problems = troubleOf({ [name]: 1 }, values);
      // A guard against reading the value again for each of its characters, in processor time: other programs do not count.
      expect(process.cpuUsage(started).user).toBeLessThan(5_000_000);
      expect(inspect(problems).length).toBeLessThan(10_000);
    }),
    { numRuns: 60 },
  );
});

test('never: a number outside its range, a URL that is none, or a text taken for a switch', () => {
  const numeric = fc.oneof(fc.double(), fc.integer(), fc.double().map(String), fc.bigInt().map(String), fc.string());
  const urls = fc.oneof(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.string(), fc.webPath());
  const flags = fc.oneof(fc.boolean(), fc.constantFrom('TRUE', 'no', '0', '1', 'on', 'off', ''), fc.string());
  fc.assert(
    fc.property(numeric, urls, flags, (requestTimeoutMs, serverUrl, tlsInsecure) => {
      const given = { requestTimeoutMs, serverUrl, tlsInsecure } as never;
      let config;
      try {
        config = resolveOrkesConfig(given, { env: {} });
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigError);
        return;
      }
      expect(Number.isInteger(config.requestTimeoutMs)).toBe(true);
      expect(config.requestTimeoutMs).toBeGreaterThanOrEqual(0);
      expect(config.requestTimeoutMs).toBeLessThanOrEqual(2_147_483_647);
      expect(new URL(config.serverUrl).protocol).toMatch(/^https?:$/);
      expect(config.serverUrl).not.toMatch(/\/$|\/api$|[?#\s]/);
      expect(typeof config.tlsInsecure).toBe('boolean');
    }),
    { numRuns: 1_000 },
  );
});

function troubleOf(code: object, env: Record<string, string>): unknown {
  const warnings: unknown[] = [];
  const logger = { debug() {}, info() {}, error() {}, warn: (...args: unknown[]) => warnings.push(args) };
  try {
    resolveOrkesConfig({ ...code, logger }, { env });
    return warnings;
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return [error, warnings];
  }
}
