import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MintFailure } from '../src/mint-failure.ts';
import type { Answer, TokenEffect, TokenEvent } from '../src/token-events.ts';
import { mustRefresh, NEW_LIFE, stepTokenLife, type TokenLife } from '../src/token-life.ts';
import { MAX_AUTH_BACKOFF_MS } from '../src/token-limits.ts';

test('at most one attempt is under way, and none begins in a pause', () => {
  check(({ before, effects, now }) => {
    if (!begins(effects)) return;
    expect(before.minting).toBe(false);
    expect(now.monotonicMs).toBeGreaterThanOrEqual(before.pausedUntilMs);
  });
});

test('who asks gets exactly one answer, and nobody else gets any', () => {
  check(({ event, effects }) => {
    expect(answers(effects)).toHaveLength(event.type === 'asked' || event.type === 'rejected' ? 1 : 0);
  });
});

test('a refresh never waits for itself: who waits has an attempt under way, and an attempt asks nobody', () => {
  check(({ event, effects, life }) => {
    if (answers(effects)[0]?.do === 'await-mint') expect(life.minting).toBe(true);
    if (event.type === 'minted' || event.type === 'failed') expect(life.minting).toBe(false);
  });
});

test('a token obtained once is never lost, whatever the endpoint does', () => {
  check(({ before, event, effects, life }) => {
    if (before.token === undefined) return;
    expect(life.token).toBeDefined();
    expect(life.mode).toBe('orkes');
    if (event.type === 'failed') expect(life.token).toBe(before.token);
    if (event.type === 'asked') expect(effects).not.toContainEqual({ do: 'give', token: undefined });
  });
});

test('a token that is not expired is given at once, and by a promise to nobody', () => {
  check(({ before, event, effects, now }) => {
    if (event.type !== 'asked' || before.token === undefined || mustRefresh(before.token, now)) return;
    expect(answers(effects)).toEqual([{ do: 'give', token: before.token.value }]);
  });
});

test('an expired token is given only while no new one can be had', () => {
  check(({ before, event, effects, now }) => {
    if (event.type !== 'asked' || before.token === undefined || !mustRefresh(before.token, now)) return;
    const [answer] = answers(effects);
    if (answer?.do !== 'give') return;
    expect(event.waited || (!before.minting && now.monotonicMs < before.pausedUntilMs)).toBe(true);
  });
});

test('at most one token is obtained per refused token', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const replaced = new Set<string>();
      let refused: string | undefined;
      run(history, ({ before, event, effects }) => {
        if (event.type === 'rejected' && begins(effects)) {
          // A late refusal may also find that the current token has been refused meanwhile: then it is that one's turn.
          refused = before.token?.rejectedAtAgeMs === undefined ? event.token : before.token.value;
        }
        if (event.type !== 'minted') return;
        if (refused !== undefined) expect(replaced.has(refused)).toBe(false);
        if (refused !== undefined) replaced.add(refused);
        refused = undefined;
      });
    }),
  );
});

test('a refused token is never given to the caller that it was refused to', () => {
  check(({ event, effects }) => {
    if (event.type === 'rejected') expect(effects).not.toContainEqual({ do: 'give', token: event.token });
  });
});

test('a sleep ends before the deadline and within a minute', () => {
  check(({ event, effects, now }) => {
    const [answer] = answers(effects);
    if (event.type !== 'asked' || answer?.do !== 'sleep') return;
    expect(answer.untilMs).toBeGreaterThan(now.monotonicMs);
    expect(answer.untilMs).toBeLessThan(event.deadlineMs);
    expect(answer.untilMs - now.monotonicMs).toBeLessThanOrEqual(MAX_AUTH_BACKOFF_MS);
  });
});

test('who has waited, and holds a token or has no time left, waits no more', () => {
  check(({ before, event, effects, now }) => {
    if (event.type !== 'asked' || !event.waited) return;
    if (before.token === undefined && now.monotonicMs < event.deadlineMs) return;
    expect(['give', 'refuse']).toContain(answers(effects)[0]?.do);
  });
});

test('no state is the last one: a minute later a working endpoint gives a token', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const { life, now } = run(history, () => {});
      const later = {
        wallMs: now.wallMs + MAX_AUTH_BACKOFF_MS,
        monotonicMs: now.monotonicMs + MAX_AUTH_BACKOFF_MS,
      };
      // A 401 is what a server that needs tokens answers, also to calls without one.
      const event: TokenEvent = { type: 'rejected', token: life.token?.value ?? '', waited: false };
      const asking = stepTokenLife(life, event, later);
      expect(asking.effects).toContainEqual({ do: 'await-mint' });
      const arrived = stepTokenLife(asking.life, mintedEvent('new', 60_000), later);
      expect(stepTokenLife(arrived.life, { ...event, waited: true }, later).effects).toEqual([
        { do: 'give', token: 'new' },
      ]);
    }),
  );
});

interface Seen {
  readonly before: TokenLife;
  readonly event: TokenEvent;
  readonly now: { readonly wallMs: number; readonly monotonicMs: number };
  readonly life: TokenLife;
  readonly effects: readonly TokenEffect[];
}

type Move =
  | { do: 'ask'; waited: boolean; patienceMs: number }
  | { do: 'reject'; age: number; waited: boolean }
  | { do: 'tick' }
  | { do: 'succeed'; lifeMs: number }
  | { do: 'fail'; failure: MintFailure }
  | { do: 'abandon' };

const failures: fc.Arbitrary<MintFailure> = fc.oneof(
  fc.record({
    kind: fc.constant('transient' as const),
    code: fc.constant('AUTH_ENDPOINT_FAILED' as const),
    retryAfterMs: fc.option(fc.nat(1e9), { nil: undefined }),
  }),
  fc.constant<MintFailure>({ kind: 'permanent', code: 'AUTH_ANSWER_INVALID' }),
  fc.constant<MintFailure>({ kind: 'credentials', code: 'AUTH_CREDENTIALS_REJECTED' }),
  fc.constant<MintFailure>({ kind: 'no-endpoint', code: 'AUTH_ENDPOINT_MISSING' }),
);

const moves: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ do: fc.constant('ask' as const), waited: fc.boolean(), patienceMs: fc.nat(60_000) }),
  // age 0: the current token; 1, 2 ...: an earlier one.
  fc.record({ do: fc.constant('reject' as const), age: fc.nat(2), waited: fc.boolean() }),
  fc.constant<Move>({ do: 'tick' }),
  fc.record({ do: fc.constant('succeed' as const), lifeMs: fc.integer({ min: -1_000, max: 100_000 }) }),
  fc.record({ do: fc.constant('fail' as const), failure: failures }),
  fc.constant<Move>({ do: 'abandon' }),
);

/** Between two moves the monotonic clock goes on, and the wall clock does as it likes: set back, set forward, suspended. */
const histories = fc.array(
  fc.record({
    move: moves,
    monotonicMs: fc.oneof(fc.nat(10), fc.nat(2_000), fc.nat(100_000)),
    jumpMs: fc.oneof(
      { weight: 4, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.integer({ min: -1e8, max: 1e8 }) },
    ),
  }),
  { maxLength: 60 },
);

function check(claim: (seen: Seen) => void): void {
  fc.assert(
    fc.property(histories, (history) => void run(history, claim)),
    { numRuns: 500 },
  );
}

type History = typeof histories extends fc.Arbitrary<infer T> ? T : never;

function run(history: History, see: (seen: Seen) => void): Pick<Seen, 'life' | 'now'> {
  let life = NEW_LIFE;
  let now = { wallMs: 1e12, monotonicMs: 0 };
  let tokens = 0;
  for (const { move, monotonicMs, jumpMs } of history) {
    now = { wallMs: now.wallMs + monotonicMs + jumpMs, monotonicMs: now.monotonicMs + monotonicMs };
    const event = eventOf(move, life, now.monotonicMs, tokens);
    if (event === undefined) continue;
    if (event.type === 'minted') tokens += 1;
    const step = stepTokenLife(life, event, now);
    see({ before: life, event, now, ...step });
    life = step.life;
  }
  return { life, now };
}

/** `undefined` where the move cannot happen: an attempt that was never begun has no outcome. */
function eventOf(move: Move, life: TokenLife, nowMs: number, tokens: number): TokenEvent | undefined {
  switch (move.do) {
    case 'ask':
      return { type: 'asked', waited: move.waited, deadlineMs: nowMs + move.patienceMs };
    case 'reject':
      return { type: 'rejected', token: `token-${tokens - move.age}`, waited: move.waited };
    case 'tick':
      return { type: 'tick' };
    case 'succeed':
      return life.minting ? mintedEvent(`token-${tokens + 1}`, move.lifeMs) : undefined;
    case 'fail':
      return life.minting ? { type: 'failed', failure: move.failure } : undefined;
    case 'abandon':
      return life.minting ? { type: 'abandoned' } : undefined;
  }
}

function mintedEvent(token: string, lifeMs: number): TokenEvent {
  return { type: 'minted', token, lifeMs, refreshAfterMs: 0.8 * lifeMs, mode: 'orkes' };
}

function begins(effects: readonly TokenEffect[]): boolean {
  return effects.some((effect) => effect.do === 'mint');
}

function answers(effects: readonly TokenEffect[]): Answer[] {
  return effects.filter((effect): effect is Answer => effect.do !== 'mint' && effect.do !== 'report');
}
