import { expect, test } from 'vitest';
import { type ConductorTestServer, ManualClock, startConductorServer } from '../../src/index.ts';
import { call } from '../call.ts';

test('the right key gets a token, and the token opens the API', async () => {
  await using server = await startConductorServer({ mode: 'orkes' });
  const token = await mint(server);
  expect((await ask(server, token)).status).toBe(200);
  expect(server.received.at(-1)).toMatchObject({ token: 1, headers: { 'x-authorization': '***' } });
});

test.for([{ keySecret: 'wrong' }, { keyId: 'wrong' }, {}])(
  'a wrong key is a 401 that a new token would not mend: %j',
  async (wrong) => {
    await using server = await startConductorServer({ mode: 'orkes' });
    const key = Object.keys(wrong).length === 0 ? {} : { keyId: server.keyId, keySecret: server.keySecret, ...wrong };
    const reply = await call(server, 'POST', '/api/token', key);
    expect([reply.status, JSON.parse(reply.text).error]).toEqual([401, 'INVALID_KEY']);
    expect(server.counts().tokensIssued).toBe(0);
  },
);

test('no token, and one that was never issued, are INVALID_TOKEN', async () => {
  await using server = await startConductorServer({ mode: 'orkes' });
  expect(await refusal(server, undefined)).toBe('INVALID_TOKEN');
  expect(await refusal(server, 'made.up.token')).toBe('INVALID_TOKEN');
});

test('health and version need no token, an unknown path does', async () => {
  await using server = await startConductorServer({ mode: 'orkes' });
  expect((await call(server, 'GET', '/health')).status).toBe(200);
  expect((await call(server, 'GET', '/api/version')).status).toBe(200);
  expect((await call(server, 'GET', '/api/nope')).status).toBe(401);
});

test('a token expires by the clock of the server, and its exp says when', async () => {
  const clock = new ManualClock(1_700_000_000_000);
  await using server = await startConductorServer({ mode: 'orkes', clock, tokenTtlMs: 60_000 });
  const token = await mint(server);
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  expect(claims).toMatchObject({ sub: server.keyId, exp: 1_700_000_060 });
  await clock.advance(59_999);
  expect(await refusal(server, token)).toBeUndefined();
  await clock.advance(1);
  expect(await refusal(server, token)).toBe('EXPIRED_TOKEN');
});

test('tokens can be expired and rejected at once, and new ones are good again', async () => {
  await using server = await startConductorServer({ mode: 'orkes' });
  const first = await mint(server);
  server.tokens.expireAll();
  expect(await refusal(server, first)).toBe('EXPIRED_TOKEN');
  const second = await mint(server);
  expect(await refusal(server, second)).toBeUndefined();
  server.tokens.reject('NO_PERMISSION');
  expect(await refusal(server, second)).toBe('NO_PERMISSION');
  expect(server.tokens.issued).toBe(2);
});

test('given keys are taken, each of them', async () => {
  const keys = [
    { keyId: 'a', keySecret: '1' },
    { keyId: 'b', keySecret: '2' },
  ];
  await using server = await startConductorServer({ mode: 'orkes', keys });
  for (const key of keys) expect((await call(server, 'POST', '/api/token', key)).status).toBe(200);
  expect([server.keyId, server.keySecret]).toEqual(['a', '1']);
});

test('the secret never stands in the log of what was received', async () => {
  await using server = await startConductorServer({ mode: 'orkes' });
  const token = await mint(server);
  await ask(server, token);
  const log = JSON.stringify(server.received);
  expect(log).toContain('***');
  expect(log).not.toContain(server.keySecret);
  expect(log).not.toContain(token);
});

test('who one is can be asked', async () => {
  await using server = await startConductorServer({ mode: 'orkes' });
  const headers = { 'x-authorization': await mint(server) };
  const { text } = await call(server, 'GET', '/api/token/userInfo', undefined, { headers });
  expect(JSON.parse(text).id).toContain(server.keyId);
});

async function mint(server: ConductorTestServer): Promise<string> {
  const { keyId, keySecret } = server;
  return JSON.parse((await call(server, 'POST', '/api/token', { keyId, keySecret })).text).token;
}

const ask = (server: ConductorTestServer, token: string | undefined): ReturnType<typeof call> =>
  call(
    server,
    'GET',
    '/api/metadata/taskdefs',
    undefined,
    token === undefined ? {} : { headers: { 'x-authorization': token } },
  );

async function refusal(server: ConductorTestServer, token: string | undefined): Promise<string | undefined> {
  const { status, text } = await ask(server, token);
  return status === 401 ? JSON.parse(text).error : undefined;
}
