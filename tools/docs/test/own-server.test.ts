import { createConductorClient, noopLogger } from '@conductor-ts/client';
import { startConductorServer } from '@conductor-ts/testing';
import { createClient } from '@hey-api/openapi-ts';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';

/* What docs/own-server.md says, done. */

const output = mkdtempSync(resolve(import.meta.dirname, '../.generated-'));
afterAll(() => rmSync(output, { recursive: true }));

const document = {
  openapi: '3.0.1',
  info: { title: 'Mine', version: '1' },
  paths: {
    '/api/stock/{item}': {
      get: {
        operationId: 'getStock',
        parameters: [{ name: 'item', in: 'path', required: true, schema: { type: 'string' } }],
        responses: {
          200: {
            description: 'It.',
            content: { 'application/json': { schema: { type: 'object', properties: { count: { type: 'integer' } } } } },
          },
        },
      },
    },
    '/api/stock': {
      post: {
        operationId: 'addStock',
        requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
        responses: { 200: { description: 'Done.' } },
      },
    },
  },
};

interface Generated {
  client: { setConfig(config: object): void };
  getStock(options: object): Promise<{ data?: unknown; error?: unknown }>;
  addStock(options: object): Promise<{ error?: unknown; response: Response }>;
}

test('functions made from another document send their requests through the client: with its token, and again after a 429', async () => {
  await createClient({ input: document as never, output: { path: output }, logs: { level: 'silent' } });
  const generated = {
    ...((await import(`${output}/client.gen.ts`)) as object),
    ...((await import(`${output}/sdk.gen.ts`)) as object),
  } as Generated;
  await using server = await startConductorServer({ mode: 'orkes' });
  server.faults.answer(429, { path: '/api/stock/tea', times: 1 });
  server.faults.answer(200, { path: '/api/stock/tea', body: { count: 3 } });
  server.faults.answer(200, { path: '/api/stock', body: '' });
  const { keyId, keySecret } = server;
  const config = { serverUrl: server.url, keyId, keySecret, useEnvVars: false, logger: noopLogger };
  await using conductor = await createConductorClient(config, undefined, { retry: { initialRetryDelay: 1 } });

  const { baseUrl, fetch } = conductor.getConfig();
  generated.client.setConfig({ baseUrl, fetch });
  expect((await generated.getStock({ path: { item: 'tea' } })).data).toEqual({ count: 3 });
  expect((await generated.addStock({ body: { item: 'tea' } })).response.status).toBe(200);

  const stock = server.received.filter(({ path }) => path.startsWith('/api/stock'));
  expect(stock.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /api/stock/tea',
    'GET /api/stock/tea',
    'POST /api/stock',
  ]);
  for (const { headers } of stock) expect(headers['x-authorization']).toBeDefined();
});

test('the page names the version of the generator that this was tried with', () => {
  const workspace = readFileSync(resolve(import.meta.dirname, '../../../pnpm-workspace.yaml'), 'utf8');
  const version = /'@hey-api\/openapi-ts': ([\d.]+)/.exec(workspace)?.[1];
  expect(readFileSync(resolve(import.meta.dirname, '../../../docs/own-server.md'), 'utf8')).toContain(
    `@hey-api/openapi-ts@${version}`,
  );
});
