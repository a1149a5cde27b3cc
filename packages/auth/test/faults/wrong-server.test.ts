import { expect, test } from 'vitest';
import { createTokenManager } from '../../src/index.ts';
import { giveToken, jwt, sendJson, startTokenServer } from '../token-server.ts';
import { virtualClock } from '../virtual-clock.ts';

const KEY = { keyId: 'my-key-id', keySecret: 'my-secret' };

test('HTML in place of JSON is an error at once, which doubts the server URL', async () => {
  await using server = await startTokenServer((response) => response.end('<html>It works!</html>'));
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY });
  await expect(tokens.start()).rejects.toMatchObject({
    code: 'AUTH_ANSWER_INVALID',
    hint: expect.stringContaining('does not look like a Conductor server'),
  });
  expect(server.requests).toHaveLength(1);
});

test('a redirect is not followed: the secret stays here', async () => {
  await using elsewhere = await startTokenServer();
  await using server = await startTokenServer((response) =>
    response.writeHead(307, { location: `${elsewhere.url}/api/token` }).end(),
  );
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY });
  await expect(tokens.start()).rejects.toMatchObject({ code: 'AUTH_REDIRECTED', status: 307 });
  expect(elsewhere.requests).toHaveLength(0);
});

test('an endless answer is cut off', async () => {
  await using server = await startTokenServer((response) => {
    response.writeHead(200);
    const more = (): void => void (response.writableEnded || response.write('x'.repeat(65_536), more));
    more();
  });
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY });
  await expect(tokens.start()).rejects.toMatchObject({ code: 'AUTH_ANSWER_INVALID' });
});

test.each(['', 5, null, 'x'.repeat(100_000), 'a\r\nX-Admin: 1', 'a b', 'naïve'])(
  'the token %j is refused, without losing the one at hand',
  async (token) => {
    await using server = await startTokenServer();
    const clock = virtualClock();
    const tokens = createTokenManager({ serverUrl: server.url, ...KEY, ...clock.options });
    await tokens.getToken();
    server.answer = (response) => sendJson(response, 200, { token });
    clock.advance(2_700_000);
    expect(await tokens.getToken()).toBe('token-1');
    server.answer = giveToken;
    clock.advance(1_000);
    expect(await tokens.getToken()).toBe('token-3');
  },
);

test('tokens that have expired on arrival are used, and cause no loop', async () => {
  const clock = virtualClock();
  await using server = await startTokenServer((response, n) =>
    sendJson(response, 200, { token: jwt({ exp: clock.wallMs / 1_000 - 60, n }) }),
  );
  // The test's clock is not that of the Date header, so that header is left out.
  const fetchWithoutDate: typeof fetch = async (input, init) => Response.json(await (await fetch(input, init)).json());
  const tokens = createTokenManager({
    serverUrl: server.url,
    ...KEY,
    ...clock.options,
    fetch: fetchWithoutDate,
  });
  for (let i = 0; i < 600; i++) {
    expect(await tokens.getToken()).toBeTypeOf('string');
    clock.advance(100);
  }
  expect(server.requests).toHaveLength(6);
});
