import { expect, test } from 'vitest';
import { resolveFetchFn } from '../src/index.ts';
import { failingLogger } from './servers/failing-logger.ts';
import { echo, startHttp1 } from './servers/http-servers.ts';

test('without a fetch of your own it is a transport', async () => {
  await using server = await startHttp1(echo);
  await using transport = resolveFetchFn({});
  expect((await transport.fetch(server.url)).status).toBe(200);
});

test('your own fetch is used as it is, and outlives close', async () => {
  const own = (): Promise<Response> => Promise.resolve(new Response('mine'));
  const lines: unknown[] = [];
  const nothing = (): void => {};
  const logger = {
    info: nothing,
    warn: nothing,
    error: nothing,
    debug: (_: string, fields?: object) => void lines.push(fields),
  };
  const transport = resolveFetchFn({ http2: 'off', logger }, own);
  expect(transport.fetch).toBe(own);
  await transport.close();
  await transport.destroy();
  expect(await (await transport.fetch('http://a.test/')).text()).toBe('mine');
  expect(transport.stats().origins).toEqual([]);
  expect(lines).toEqual([{ unused: ['http2'] }]);
});

test.each(['at once', 'later'] as const)(
  'a logger that throws %s keeps nobody from using a fetch of his own',
  async (when) => {
    const failing = failingLogger(when);
    const own = (): Promise<Response> => Promise.resolve(new Response('mine'));
    const transport = resolveFetchFn({ http2: 'off', logger: failing.logger }, own);
    // An unhandled rejection fails the run.
    expect(await (await transport.fetch('http://a.test/')).text()).toBe('mine');
    expect(failing.lines).toBe(1);
  },
);
