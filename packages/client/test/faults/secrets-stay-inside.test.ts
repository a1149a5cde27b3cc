import { startConductorServer } from '@conductor-ts/testing';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { createConductorClient, noopLogger } from '../../src/index.ts';
import { keepingLogger } from '../keeping-logger.ts';

const KEY_ID = 'marker-key-id-8255';
const SECRET = 'marker-secret-4711';

function everyForm(error: unknown): string {
  return [inspect(error, { depth: null, showHidden: true }), JSON.stringify(error), String(error)].join('\n');
}

test('no fault lets the secret or a token into an error or a log line', async () => {
  await using server = await startConductorServer({ mode: 'orkes', keys: [{ keyId: KEY_ID, keySecret: SECRET }] });
  const { lines, logger } = keepingLogger();
  const client = await createConductorClient(
    { serverUrl: server.url, keyId: KEY_ID, keySecret: SECRET, useEnvVars: false, logger },
    undefined,
    { retry: { initialRetryDelay: 2 } },
  );
  const token = (await client.getAuthenticationHeaders())?.['X-Authorization'] ?? 'none';
  const echo = {
    status: 400,
    message: `refused ${token} of ${SECRET}`,
    validationErrors: [{ path: 'x', message: token }],
  };
  const { faults } = server;
  const troubles: (() => unknown)[] = [
    () => faults.answer(400, { times: 1, body: echo }),
    () => faults.answer(502, { times: 1, body: `<html>${token}</html>` }),
    () =>
      faults.answer(200, {
        times: 1,
        body: `{"cut": "${token} ${SECRET}`,
        headers: { 'content-type': 'application/json' },
      }),
    () => faults.answer(200, { times: 1, body: `<html>${SECRET}</html>`, headers: { 'content-type': 'text/html' } }),
    () => faults.answer(403, { times: 1 }),
    () => faults.resetConnections({ times: 4 }),
    () => faults.loseAnswers({ times: 4 }),
    () => faults.truncateAnswers({ times: 4 }),
    () => faults.add({ times: 4, fault: { kind: 'garbage' } }),
    () => faults.rejectTokens('SOMETHING_ELSE'),
    () => faults.answer(401, { times: 6 }),
  ];
  const shown: string[] = [];
  for (const trouble of troubles) {
    trouble();
    await client.workflow.start({ body: { name: 'w', input: { a: 1 } } }).catch((error: unknown) => {
      shown.push(everyForm(error));
    });
    await faults.clear();
  }
  server.faults.stall();
  await client.metadata.getTaskDefs({}, { timeoutMs: 30 }).catch((error: unknown) => shown.push(everyForm(error)));
  await client.close({ timeoutMs: 0 });

  expect(shown.length).toBeGreaterThan(9);
  const last = (await client.getAuthenticationHeaders().catch(() => null))?.['X-Authorization'] ?? 'none';
  for (const text of [...shown, ...lines]) {
    for (const marker of [SECRET, token, last]) expect(text).not.toContain(marker);
  }
  expect(Math.max(...shown.map((text) => text.length))).toBeLessThan(3 * 4096);
});

const TOKEN = 'marker-opaque-token-1742';

test.each<[string, (headers: unknown) => object]>([
  ['its configuration', (headers) => ({ config: { headers } })],
  ['headers', (headers) => ({ headers })],
  [
    'the request',
    (headers) => ({ request: new Request('http://server', { headers: headers as Record<string, string> }) }),
  ],
  ['its message', (headers) => ({ message: `failed: ${JSON.stringify(headers)}` })],
])('a fetch of somebody else whose error holds %s shows no token', async (_, hang) => {
  const fetch = (_url: unknown, init?: RequestInit): Promise<never> =>
    Promise.reject(Object.assign(new Error('Network Error'), { code: 'ERR_NETWORK', ...hang(init?.headers) }));
  await using client = await createConductorClient(
    { serverUrl: 'http://server', useEnvVars: false, logger: noopLogger },
    fetch,
    { tokens: { getToken: () => TOKEN, refreshToken: () => undefined }, retry: { maxTransportRetries: 0 } },
  );
  for (const call of [client.workflow.start({ body: { name: 'w' } }), client.workflow.get({ workflowId: 'w' })]) {
    const error = await call.catch((reason: unknown) => reason);
    expect(error).toHaveProperty('cause.code', 'ERR_NETWORK');
    expect(everyForm(error)).not.toContain(TOKEN);
  }
});

test('an error of somebody else that holds no secret stays the very cause', async () => {
  const mine = Object.assign(new Error('no route'), { details: { hops: [1, 2] } });
  await using client = await createConductorClient(
    { serverUrl: 'http://server', useEnvVars: false, logger: noopLogger },
    () => Promise.reject(mine),
    { retry: { maxTransportRetries: 0 } },
  );
  await expect(client.workflow.get({ workflowId: 'w' })).rejects.toHaveProperty('cause', mine);
});

test('an answer that says back an earlier token, in words or in its content type, shows none', async () => {
  await using server = await listening((request, response) => {
    const token = String(request.headers['x-authorization']);
    if (request.url?.includes('told') === true) response.writeHead(400).end(JSON.stringify({ message: `no ${token}` }));
    else response.setHeader('content-type', `text/plain; of=${token}`).end('no JSON');
  });
  const tokens = [`${TOKEN}-a`, `${TOKEN}-b`];
  // The second call gets its token, and is on its way, before the first has its answer.
  await using client = await createConductorClient(
    { serverUrl: server.url, useEnvVars: false, logger: noopLogger },
    undefined,
    { tokens: { getToken: () => tokens.shift() ?? `${TOKEN}-c`, refreshToken: () => undefined } },
  );
  const calls = ['told-1', 'told-2', 'x'].map((workflowId) => client.workflow.get({ workflowId }));
  const errors = await Promise.all(calls.map((call) => call.catch((reason: unknown) => reason)));
  expect(errors.map((error) => (error as { code?: unknown }).code)).toEqual([
    'BAD_REQUEST',
    'BAD_REQUEST',
    'PARSE_FAILED',
  ]);
  expect(errors.map(everyForm).join()).not.toContain(TOKEN);
});

test.each([
  ['a promise of another realm', () => (runInNewContext('Promise') as PromiseConstructor).resolve(TOKEN)],
  // oxlint-disable-next-line unicorn/no-thenable -- what is told apart here
  ['what is only like a promise', () => ({ then: (resolve: (token: string) => void) => resolve(TOKEN) })],
])('a token that comes as %s is shown as little as any other', async (_, getToken) => {
  await using server = await listening((request, response) => {
    const token = String(request.headers['x-authorization']);
    response.writeHead(token === TOKEN ? 400 : 500).end(JSON.stringify({ message: `no ${token}` }));
  });
  await using client = await createConductorClient(
    { serverUrl: server.url, useEnvVars: false, logger: noopLogger },
    undefined,
    { tokens: { getToken, refreshToken: () => undefined } as never },
  );
  const error: unknown = await client.workflow.get({ workflowId: 'w' }).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ status: 400 });
  expect(everyForm(error)).not.toContain(TOKEN);
});

async function listening(handle: RequestListener): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer(handle).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
