import { expect, test } from 'vitest';
import { type Call, type Fetch, wrapFetchWithRetry } from '../src/index.ts';
import { StepSignal } from '../src/step-signal.ts';

test('who listens hears of the abort once, and who has left does not', () => {
  const signal = new StepSignal();
  const heard: string[] = [];
  const leaves = (): void => void heard.push('left');
  const object = { handleEvent: (): void => void heard.push('object') };
  const first = (): void => {
    heard.push('function');
    signal.removeEventListener('abort', first);
  };
  for (const listener of [first, leaves, object, object]) signal.addEventListener('abort', listener);
  signal.removeEventListener('abort', leaves);
  signal.abort('mine');
  signal.abort('again');
  expect(heard).toEqual(['function', 'object']);
  expect([signal.aborted, signal.reason]).toEqual([true, 'mine']);
});

test("the platform's signal follows, whether it was asked for before the abort or after", () => {
  const before = new StepSignal();
  const { real } = before;
  before.abort('mine');
  expect([real.aborted, real.reason, before.real]).toEqual([true, 'mine', real]);
  const after = new StepSignal();
  after.abort('mine');
  expect([after.real.aborted, after.real.reason]).toEqual([true, 'mine']);
});

test('without a reason it gives the one of the platform', () => {
  const signal = new StepSignal();
  signal.abort();
  expect(signal.reason).toMatchObject({ name: 'AbortError' });
});

test("a fetch gets the platform's signal unless it says that a lighter one will do", async () => {
  const seen: unknown[] = [];
  const fetch: Fetch = async (_input, init) => {
    seen.push(init?.signal instanceof AbortSignal);
    return new Response();
  };
  const content: Fetch = Object.assign<Fetch, object>((input, init) => fetch(input, init), { takesLightSignal: true });
  await wrapFetchWithRetry(fetch)('http://a.example/');
  await wrapFetchWithRetry(content)('http://a.example/');
  expect(seen).toEqual([true, false]);
});

test('a fetch that is content with a light signal is told of a timeout and of the abort of the caller', async () => {
  const reasons: unknown[] = [];
  const hangs: Fetch = (_input, init) =>
    new Promise((_, reject) => {
      const signal = init?.signal as AbortSignal;
      signal.addEventListener('abort', () => {
        reasons.push(signal.reason);
        reject(signal.reason as Error);
      });
    });
  const fetch = wrapFetchWithRetry(Object.assign(hangs, { takesLightSignal: true }));
  const call: Call = { operation: 'workflow.get', replay: 'safe', timeoutMs: 5 };
  await expect(fetch('http://a.example/', { call })).rejects.toMatchObject({ code: 'ATTEMPT_TIMEOUT' });
  const controller = new AbortController();
  const aborted = fetch('http://a.example/', { signal: controller.signal });
  controller.abort('mine');
  await expect(aborted).rejects.toBe('mine');
  expect(reasons).toMatchObject([{ name: 'TimeoutError' }, 'mine']);
});

test.each([true, false])(
  'a timeout of which the fetch below says that nothing was sent (%s) leaves that much in doubt',
  async (unsent) => {
    const hangs: Fetch = (_input, init) =>
      new Promise((_, reject) => {
        const signal = init?.signal as AbortSignal & { unsent: boolean };
        signal.addEventListener('abort', () => {
          if (unsent) signal.unsent = true;
          reject(signal.reason as Error);
        });
      });
    const fetch = wrapFetchWithRetry(Object.assign(hangs, { takesLightSignal: true }));
    for (const limit of [{ timeoutMs: 5 }, { totalTimeoutMs: 5 }]) {
      const call: Call = { operation: 'workflow.start', replay: 'unsafe', ...limit };
      await expect(fetch('http://a.example/', { method: 'POST', call })).rejects.toMatchObject({
        name: 'TimeoutError',
        mayHaveBeenProcessed: !unsent,
        failures: [{ outcome: 'timeout' }],
      });
    }
  },
);

test('a source that has its token at hand is not asked for one to wait for', async () => {
  let waited = 0;
  const sent: unknown[] = [];
  let fresh: string | undefined = 'fresh';
  const fetch = wrapFetchWithRetry(
    async (_input, init) => {
      sent.push(init?.headers);
      return new Response();
    },
    {
      tokens: {
        freshToken: () => fresh,
        getToken: async (signal) => {
          waited += signal instanceof AbortSignal ? 1 : 100;
          return 'waited for';
        },
        refreshToken: () => undefined,
      },
    },
  );
  await fetch('http://a.example/');
  fresh = undefined;
  await fetch('http://a.example/');
  expect(sent).toEqual([{ 'x-authorization': 'fresh' }, { 'x-authorization': 'waited for' }]);
  expect(waited).toBe(1);
});

test('who has never listened takes nobody else away', () => {
  const signal = new StepSignal();
  let heard = 0;
  const stranger = (): void => undefined;
  signal.removeEventListener('abort', stranger);
  signal.addEventListener('abort', () => void (heard += 1));
  signal.removeEventListener('abort', stranger);
  signal.abort();
  expect(heard).toBe(1);
  expect(signal.reason).toMatchObject({ name: 'AbortError', message: 'This operation was aborted' });
});
