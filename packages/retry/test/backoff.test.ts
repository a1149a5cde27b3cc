import { expect, test } from 'vitest';
import { atLeast, MAX_BACKOFF_MS, rateLimitBackoffMs, transportBackoffMs } from '../src/backoff.ts';

test('jitter of a tenth spreads a wait evenly around its middle', () => {
  expect([0, 0.5, 1].map((random) => transportBackoffMs(1, 1_000, 0.1, random))).toEqual([900, 1_000, 1_100]);
});

test('full jitter goes from nothing to the whole wait', () => {
  expect([0, 0.5, 1].map((random) => rateLimitBackoffMs(3, 1_000, 'full', random))).toEqual([0, 2_000, 4_000]);
});

test('no jitter leaves the wait as it is', () => {
  expect(transportBackoffMs(2, 1_000, 0, 0)).toBe(2_000);
});

test('a wait of our own ends at a minute, however many retries are allowed', () => {
  expect(rateLimitBackoffMs(1_000, 1_000, 0, 0)).toBe(MAX_BACKOFF_MS);
  expect(transportBackoffMs(1_000, 1_000, 0, 0)).toBe(MAX_BACKOFF_MS);
});

test('a wait the server asked for is never shortened', () => {
  expect([0, 1].map((random) => atLeast(10_000, random))).toEqual([10_000, 11_000]);
});
