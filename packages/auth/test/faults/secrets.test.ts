import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { createTokenManager } from '../../src/index.ts';
import { recordedLogger } from '../recorded-logger.ts';
import { jwt, sendJson, startTokenServer } from '../token-server.ts';
import { virtualClock } from '../virtual-clock.ts';

const KEY = { keyId: 'MARK-id', keySecret: 'MARK-secret' };
const FIRST = jwt({ sub: 'MARK' });
const ECHO = { error: 'MARK-secret', message: `bad ${KEY.keyId} ${KEY.keySecret} ${FIRST} MARK-header` };

const SECRETS = new RegExp(`MARK|${FIRST.replaceAll('.', '|')}`);

const faults: [string, (response: ServerResponse) => void][] = [
  ...[302, 400, 401, 403, 404, 405, 429, 500, 503].map((status): (typeof faults)[number] => [
    `${status}`,
    (response) => sendJson(response, status, ECHO),
  ]),
  ['HTML', (response) => response.end(`<p>${KEY.keySecret}</p>`)],
  ['a garbage token', (response) => sendJson(response, 200, { token: 'MARK bad\r\ntoken' })],
  ['a reset', (response) => response.socket?.resetAndDestroy()],
  ['a hang', () => {}],
];

test.each(faults)('%s shows no secret in any error, log line or inspection', async (_, fault) => {
  await using server = await startTokenServer(fault);
  const logger = recordedLogger();
  const shown: unknown[] = [logger.lines];
  const options = {
    serverUrl: server.url,
    ...KEY,
    logger,
    tokenRequestTimeoutMs: 100,
    extraHeaders: { 'x-gate': 'MARK-header' },
  };
  const clock = virtualClock();
  const first = createTokenManager({ ...options, ...clock.options });
  shown.push(first, await first.start().catch((error: unknown) => error));
  const later = createTokenManager({ ...options, ...clock.options });
  server.answer = (response) => sendJson(response, 200, { token: FIRST });
  await later.getToken();
  server.answer = fault;
  shown.push(later, await later.refreshToken(FIRST), await Promise.resolve(later.getToken()).catch((e: unknown) => e));
  for (const value of shown.filter((value) => value !== FIRST)) {
    const text = inspect(value, { depth: null, showHidden: true, getters: true });
    expect(text + String(value) + JSON.stringify(value)).not.toMatch(SECRETS);
    if (value instanceof Error) expect(text.length).toBeLessThan(4_096);
  }
});

test('a fetch that hangs the request on its error does not leak it', async () => {
  const tokens = createTokenManager({
    serverUrl: 'http://localhost',
    ...KEY,
    ...virtualClock().options,
    fetch: (_, init) => Promise.reject(Object.assign(new Error(`POST ${JSON.stringify(init.body)}`), { config: init })),
  });
  const error: unknown = await tokens.start().catch((error: unknown) => error);
  expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(SECRETS);
  expect(error).toMatchObject({
    code: 'AUTH_ENDPOINT_UNREACHABLE',
    cause: { message: expect.stringContaining('[redacted]') },
  });
});
