import { UnsupportedByServerError } from '@conductor-ts/client';
import { expect, test } from 'vitest';
import { client, judged } from '../src/contract.ts';
import { refusal, refused } from '../src/refusals.ts';

test.each(['POST /api/token', 'GET /api/token', 'GET /api/token/userInfo'])('%s is not there', async (request) => {
  const path = request.slice(request.indexOf('/') + 1);
  expect(await refused(request, request.startsWith('POST') ? {} : undefined)).toEqual(
    refusal(404, `No static resource ${path}.`),
  );
});

test('the client says that tokens need another server', async () => {
  await expect(client.token.create({ body: { keyId: 'k', keySecret: 's' } })).rejects.toBeInstanceOf(
    UnsupportedByServerError,
  );
  await expect(client.token.getUserInfo()).rejects.toBeInstanceOf(UnsupportedByServerError);
});

test('a token that comes along is not looked at', async () => {
  const response = await fetch(`${judged.url}/api/version`, { headers: { 'X-Authorization': 'nonsense' } });
  expect(response.status).toBe(200);
});
