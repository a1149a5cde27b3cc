import { createHook } from 'node:async_hooks';
import { expect, test } from 'vitest';
import { type Call, type Fetch, wrapFetchWithRetry } from '../src/index.ts';

test('a fresh token costs a call no promise', async () => {
  const call: Call = { operation: 'workflow.get', replay: 'safe' };
  const withCall = { method: 'GET', call };
  const stub: Fetch = () => Promise.resolve(new Response('{}'));
  // The platform makes some promises once.
  await (await stub('')).text();
  const bare = wrapFetchWithRetry(stub);
  const withFreshToken = wrapFetchWithRetry(stub, {
    tokens: { getToken: () => 'fresh', refreshToken: () => 'another' },
  });
  const withPromisedToken = wrapFetchWithRetry(stub, {
    tokens: { getToken: async () => 'fresh', refreshToken: () => 'another' },
  });
  for (const init of [undefined, withCall]) {
    const without = await promisesOf(() => bare('http://a.example/', init));
    expect(await promisesOf(() => withFreshToken('http://a.example/', init))).toBe(without);
    // The count would notice one.
    expect(await promisesOf(() => withPromisedToken('http://a.example/', init))).toBeGreaterThan(without);
  }
});

async function promisesOf(work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const hook = createHook({
    init(_id, type) {
      if (type === 'PROMISE') count += 1;
    },
  });
  hook.enable();
  await work();
  hook.disable();
  return count;
}
