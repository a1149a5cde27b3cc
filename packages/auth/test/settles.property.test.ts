import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTokenManager } from '../src/index.ts';
import { jwt } from './token-server.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** What the token endpoint may do to one request. */
const ENDS = {
  token: (n: number) => Response.json({ token: `token-${n}` }),
  shortToken: () => Response.json({ token: jwt({ exp: Math.floor(Date.now() / 1_000) + 5 }) }),
  oldToken: () => Response.json({ token: jwt({ exp: Math.floor(Date.now() / 1_000) - 5 }) }),
  refused: () => Response.json({ error: 'USER_NOT_FOUND' }, { status: 401 }),
  missing: () => new Response(null, { status: 404 }),
  failing: () => new Response('{}', { status: 503, headers: { 'retry-after': '120' } }),
  html: () => new Response('<html>'),
  unreachable: (): never => {
    throw new TypeError('fetch failed');
  },
  stalledBody: () => new Response(new ReadableStream({})),
};

const requests = fc.record({
  end: fc.constantFrom(...(Object.keys(ENDS) as (keyof typeof ENDS)[])),
  takesMs: fc.oneof(fc.nat(20_000), fc.constant(Infinity)),
});

const moves = fc.record({
  afterMs: fc.oneof(fc.constant(0), fc.nat(3_000), fc.nat(3_000_000)),
  /** Set forward, set back, left alone. */
  jumpMs: fc.oneof(fc.constant(0), fc.integer({ min: -1e9, max: 1e9 })),
  refuses: fc.boolean(),
});

test('never: a caller kept longer than its time, or two requests at once, whatever the endpoint does and the wall clock shows', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(requests, { minLength: 1, maxLength: 8 }),
      fc.array(moves, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 20_000 }),
      fc.boolean(),
      async (script, history, initialTokenTimeoutMs, inBackground) => {
        let sent = 0;
        let underWay = 0;
        let mostAtOnce = 0;
        const fetch = async (_url: string, { signal }: RequestInit): Promise<Response> => {
          const { end, takesMs } = script[Math.min(sent, script.length - 1)] as (typeof script)[number];
          sent += 1;
          underWay += 1;
          mostAtOnce = Math.max(mostAtOnce, underWay);
          signal?.addEventListener('abort', () => (underWay -= 1));
          await new Promise<void>((resolve) => {
            if (takesMs !== Infinity) setTimeout(resolve, takesMs);
          });
          return ENDS[end](sent);
        };
        const tokens = createTokenManager({
          serverUrl: 'http://a.test',
          keyId: 'key',
          keySecret: 'secret',
          fetch,
          initialTokenTimeoutMs,
          tokenRequestTimeoutMs: 10_000,
        });
        let last = '';
        let open = 0;
        let longestMs = 0;
        const follow = (asked: Promise<unknown>): void => {
          const startedMs = performance.now();
          const end = (): void => {
            open -= 1;
            longestMs = Math.max(longestMs, performance.now() - startedMs);
          };
          open += 1;
          void asked.then(end, end);
        };
        if (inBackground) follow(tokens.start());
        for (const { afterMs, jumpMs, refuses } of history) {
          vi.setSystemTime(Date.now() + jumpMs);
          const asked = Promise.resolve(refuses ? tokens.refreshToken(last) : tokens.getToken());
          follow(asked.then((token) => void (last = token ?? last)));
          await vi.advanceTimersByTimeAsync(afterMs);
        }
        tokens.stopBackgroundRefresh();
        await vi.advanceTimersByTimeAsync(initialTokenTimeoutMs);
        expect(open).toBe(0);
        expect(mostAtOnce).toBeLessThanOrEqual(1);
        expect(longestMs).toBeLessThanOrEqual(initialTokenTimeoutMs);
      },
    ),
  );
});
