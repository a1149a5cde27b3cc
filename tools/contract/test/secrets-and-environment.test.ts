import { expect, test } from 'vitest';
import { client, raw, unique } from '../src/contract.ts';

const bare = (status: number, body: string): object => ({
  status,
  type: 'application/json',
  length: String(body.length),
  body,
});
const nothing = (status: number): object => ({ status, type: null, length: '0', body: '' });

test('a server with an empty environment has no secrets', async () => {
  expect(await client.secret.list()).toEqual([]);
  expect(await client.secret.listGrantable()).toEqual([]);
  expect(await client.secret.listWithMeta()).toEqual([]);
  expect(await client.secret.exists({ key: unique('secret') })).toBe(false);
});

test('an unknown secret is a 404 without a body, and a name that can be none a 400', async () => {
  expect(await raw('GET', `/api/secrets/${unique('secret')}`)).toEqual(nothing(404));
  await expect(client.secret.get({ key: unique('secret') })).rejects.toMatchObject({ status: 404, code: 'NOT_FOUND' });
  expect(await raw('GET', '/api/secrets/a%20b')).toEqual(nothing(400));
  expect(await raw('GET', '/api/secrets/a%20b/exists')).toEqual(nothing(400));
});

test('secrets are read-only, which is said in bare text that calls itself JSON', async () => {
  const readOnly = bare(501, 'env-backed secrets are read-only');
  expect(await raw('PUT', '/api/secrets/S', 'value')).toEqual(readOnly);
  expect(await raw('DELETE', '/api/secrets/S')).toEqual(readOnly);
  expect(await raw('PUT', '/api/secrets/S')).toEqual(bare(400, 'value is required'));
  expect(await raw('PUT', '/api/secrets/a%20b', 'value')).toEqual(
    bare(400, 'key must match pattern [a-zA-Z0-9_-]+ (alphanumeric, underscore, dash only)'),
  );
  await expect(client.secret.save({ key: 'S', body: 'value' })).rejects.toMatchObject({
    status: 501,
    serverMessage: 'env-backed secrets are read-only',
  });
  await expect(client.secret.delete({ key: 'S' })).rejects.toMatchObject({ status: 501 });
});

test('there are no environment variables, and to ask for one gives nothing', async () => {
  expect(await client.environment.list()).toEqual([]);
  expect(await client.environment.get({ key: unique('variable') })).toBeUndefined();
  expect(await raw('GET', `/api/environment/${unique('variable')}`)).toEqual(nothing(200));
  expect((await raw('PUT', '/api/environment/V', 'value')).status).toBe(405);
});
