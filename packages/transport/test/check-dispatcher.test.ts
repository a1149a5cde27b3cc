import * as undici6 from 'undici-6';
import * as undici7 from 'undici-7';
import Pool from 'undici/lib/dispatcher/pool.js';
import { expect, test } from 'vitest';
import { createTransport } from '../src/index.ts';
import type { DispatcherLike } from '../src/index.ts';
import { echo, echoOf, startHttp1 } from './servers/http-servers.ts';

const poolOptions = {} as ConstructorParameters<typeof Pool>[1];

test('a dispatcher of undici 8 or 7 carries the calls', async () => {
  await using server = await startHttp1(echo);
  const agents = [new Pool(server.url, poolOptions), new undici7.Agent()];
  for (const dispatcher of agents) {
    await using transport = createTransport({ dispatcher });
    expect(await echoOf(transport.fetch(server.url, { method: 'POST', body: 'x' }))).toMatchObject({
      method: 'POST',
      body: 'x',
    });
    await dispatcher.destroy();
  }
});

test('a dispatcher for one call', async () => {
  await using server = await startHttp1(echo);
  await using transport = createTransport();
  const dispatcher = new undici7.Agent();
  const init = { dispatcher } as unknown as RequestInit;
  expect(await echoOf(transport.fetch(server.url, init))).toMatchObject({ method: 'GET' });
  expect(transport.stats().origins).toEqual([]);
  await dispatcher.destroy();
});

test('a dispatcher of undici 6 is refused at once, by both versions', async () => {
  const dispatcher = new undici6.Agent();
  expect(() => createTransport({ dispatcher: dispatcher as unknown as DispatcherLike })).toThrow(
    expect.objectContaining({ code: 'INCOMPATIBLE_DISPATCHER', found: 'undici 6 or older', wanted: 'undici 7 or 8' }),
  );
  await dispatcher.destroy();
});

test('something else is no dispatcher', async () => {
  await using transport = createTransport();
  await expect(
    transport.fetch('http://127.0.0.1:9/', { dispatcher: {} } as unknown as RequestInit),
  ).rejects.toMatchObject({
    code: 'INCOMPATIBLE_DISPATCHER',
    requestSent: false,
  });
});

test('errors of a dispatcher get the same codes', async () => {
  const server = await startHttp1(echo);
  await server.close();
  const dispatcher = new undici7.Agent();
  await using transport = createTransport({ dispatcher: dispatcher as unknown as DispatcherLike });
  await expect(transport.fetch(server.url)).rejects.toMatchObject({ code: 'CONNECT_REFUSED', requestSent: false });
  await dispatcher.destroy();
});
