import { expect, test } from 'vitest';
import { type ConductorTestServer, startConductorServer } from '../../src/index.ts';
import { call } from '../call.ts';

test('all tokens expire at once, or are refused with another code', async () => {
  await using server = await startConductorServer({ mode: 'orkes' });
  const first = server.tokens.mint();
  server.faults.expireTokens();
  expect(await errorFor(server, first)).toBe('EXPIRED_TOKEN');
  const second = server.tokens.mint();
  expect(await errorFor(server, second)).toBeUndefined();
  server.faults.rejectTokens('INVALID_TOKEN');
  expect(await errorFor(server, second)).toBe('INVALID_TOKEN');
});

test('tokens can expire with the nth request', async () => {
  await using server = await startConductorServer({ mode: 'orkes' });
  const token = server.tokens.mint();
  server.faults.add({ match: { operation: 'metadata.getTaskDefs', nth: 2 }, fault: { kind: 'refuse-tokens' } });
  expect(await errorFor(server, token)).toBeUndefined();
  expect(await errorFor(server, token)).toBe('EXPIRED_TOKEN');
  expect(await errorFor(server, server.tokens.mint())).toBeUndefined();
});

test('the token endpoint fails like any other', async () => {
  await using server = await startConductorServer({ mode: 'orkes' });
  const { keyId, keySecret } = server;
  server.faults.answer(503, { operation: 'token.create', times: 1 });
  server.faults.answer(200, { operation: 'token.create', times: 1, body: { token: '' } });
  server.faults.answer(200, { operation: 'token.create', times: 1, body: { token: 'a\r\nX: y' } });
  const ask = (): ReturnType<typeof call> => call(server, 'POST', '/api/token', { keyId, keySecret });
  expect((await ask()).status).toBe(503);
  expect((await ask()).text).toBe('{"token":""}');
  expect((await ask()).text).toBe('{"token":"a\\r\\nX: y"}');
  expect((await ask()).status).toBe(200);
  expect(server.tokens.issued).toBe(1);
});

async function errorFor(server: ConductorTestServer, token: string): Promise<string | undefined> {
  const headers = { 'x-authorization': token };
  const { text, status } = await call(server, 'GET', '/api/metadata/taskdefs', undefined, { headers });
  return status === 401 ? JSON.parse(text).error : undefined;
}
