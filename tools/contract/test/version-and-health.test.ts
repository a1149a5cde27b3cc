import { expect, test } from 'vitest';
import { client, raw } from '../src/contract.ts';

test('the version is plain text', async () => {
  expect(await client.version.get()).toMatch(/^\d+\.\d+\.\d+/);
  expect((await raw('GET', '/api/version')).type).toMatch(/^text\/plain/);
});

test('health says that the server is healthy', async () => {
  expect((await client.health.check()).healthy).toBe(true);
});

test('a path that is not there is a 404 with an error body', async () => {
  const { status, type, body } = await raw('GET', '/api/nope');
  expect([status, type]).toEqual([404, 'application/json']);
  expect(JSON.parse(body)).toMatchObject({ status: 404, message: 'No static resource api/nope.', retryable: false });
});
