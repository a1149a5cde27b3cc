import { expect, test } from 'vitest';
import { client, raw } from '../src/contract.ts';

test('the version is plain text', async () => {
  expect(await client.version.get()).toBe('3.32.3');
  expect(await raw('GET', '/api/version')).toEqual({
    status: 200,
    type: 'text/plain;charset=UTF-8',
    length: '6',
    body: '3.32.3',
  });
});

test('health is JSON, under both of its paths', async () => {
  const healthy = { healthResults: [], suppressedHealthResults: [], healthy: true };
  expect(await client.health.check()).toEqual(healthy);
  expect(await client.health.checkUnderApi()).toEqual(healthy);
  expect(await raw('GET', '/health')).toMatchObject({ status: 200, type: 'application/json', length: null });
});
