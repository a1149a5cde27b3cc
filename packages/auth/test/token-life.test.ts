import { expect, test } from 'vitest';
import type { Instant } from '../src/clock.ts';
import type { MintFailure } from '../src/mint-failure.ts';
import type { TokenEvent } from '../src/token-events.ts';
import { NEW_LIFE, nextTickMs, stepTokenLife, type TokenLife } from '../src/token-life.ts';
import { backoffMs, MAX_TICK_MS, REPROBE_INTERVAL_MS, YOUNG_TOKEN_MS } from '../src/token-limits.ts';

test('the first caller begins an attempt and waits for it', () => {
  const step = stepTokenLife(NEW_LIFE, asked(), at(0));
  expect(step.effects).toEqual([{ do: 'mint' }, { do: 'await-mint' }]);
});

test('a second caller joins the attempt under way', () => {
  const { life } = stepTokenLife(NEW_LIFE, asked(), at(0));
  expect(stepTokenLife(life, asked(), at(1)).effects).toEqual([{ do: 'await-mint' }]);
});

test('a fresh token is given without an attempt', () => {
  expect(stepTokenLife(holding('a'), asked(), at(79_999)).effects).toEqual([{ do: 'give', token: 'a' }]);
});

test('a token that is due is given at once while a new one is fetched', () => {
  expect(stepTokenLife(holding('a'), asked(), at(80_000)).effects).toEqual([
    { do: 'mint' },
    { do: 'give', token: 'a' },
  ]);
});

test('an expired token is waited for', () => {
  expect(stepTokenLife(holding('a'), asked(), at(100_000)).effects).toEqual([{ do: 'mint' }, { do: 'await-mint' }]);
});

test('a token expires by the wall clock alone, as after a suspend', () => {
  const now: Instant = { monotonicMs: 10, wallMs: 10_800_000 };
  expect(stepTokenLife(holding('a'), asked(), now).effects).toContainEqual({ do: 'await-mint' });
});

test('a wall clock set back does not lengthen the life', () => {
  const now: Instant = { monotonicMs: 100_000, wallMs: -7_200_000 };
  expect(stepTokenLife(holding('a'), asked(), now).effects).toContainEqual({ do: 'await-mint' });
});

test('an expired token goes on being used while the endpoint is down', () => {
  const life = after(holding('a'), [asked(), at(100_000)], [failed(DOWN), at(100_000)]);
  expect(stepTokenLife(life, asked(), at(100_500)).effects).toEqual([{ do: 'give', token: 'a' }]);
});

test('who waited in vain for a newer token gets the old one', () => {
  const life = after(holding('a'), [asked(), at(100_000)]);
  expect(stepTokenLife(life, asked({ waited: true }), at(115_000)).effects).toEqual([{ do: 'give', token: 'a' }]);
});

test('a refusal of the current token begins one attempt', () => {
  expect(stepTokenLife(holding('a'), rejected('a'), at(10)).effects).toEqual([{ do: 'mint' }, { do: 'await-mint' }]);
});

test('a refusal of an earlier token gets the current one without an attempt', () => {
  expect(stepTokenLife(holding('b'), rejected('a'), at(10)).effects).toEqual([{ do: 'give', token: 'b' }]);
});

test('a refusal of an earlier token joins the refresh when the current one was refused as well', () => {
  const life = after(holding('b'), [rejected('b'), at(10)]);
  expect(stepTokenLife(life, rejected('a'), at(11)).effects).toEqual([{ do: 'await-mint' }]);
});

test('a refusal in backoff is handed back', () => {
  const life = after(holding('a'), [rejected('a'), at(10)], [failed(DOWN), at(10)]);
  expect(stepTokenLife(life, rejected('a'), at(1_009)).effects).toEqual([{ do: 'give', token: undefined }]);
});

test('a call asks for a new token in place of a refused one once the backoff is over', () => {
  const life = after(holding('a'), [rejected('a'), at(10)], [failed(DOWN), at(10)]);
  expect(stepTokenLife(life, asked(), at(1_010)).effects).toEqual([{ do: 'mint' }, { do: 'await-mint' }]);
});

test('without a token, a caller sleeps until the backoff is over', () => {
  const life = after(NEW_LIFE, [asked(), at(0)], [failed(DOWN), at(0)]);
  expect(stepTokenLife(life, asked({ waited: true }), at(0)).effects).toEqual([{ do: 'sleep', untilMs: 1_000 }]);
});

test('a sleep that would outlive the deadline is refused at once', () => {
  const life = after(NEW_LIFE, [asked(), at(0)], [failed(DOWN), at(0)]);
  expect(stepTokenLife(life, asked({ waited: true, deadlineMs: 1_000 }), at(0)).effects).toEqual([
    { do: 'refuse', failure: DOWN, failures: 1 },
  ]);
});

test('a deadline that passes during the first attempt is a timeout', () => {
  const { life } = stepTokenLife(NEW_LIFE, asked(), at(0));
  expect(stepTokenLife(life, asked({ waited: true }), at(15_000)).effects).toMatchObject([
    { do: 'refuse', failure: { code: 'AUTH_ENDPOINT_TIMEOUT' } },
  ]);
});

test('refused credentials are remembered until the next probe', () => {
  const life = after(NEW_LIFE, [asked(), at(0)], [failed(REFUSED), at(0)]);
  expect(stepTokenLife(life, asked(), at(REPROBE_INTERVAL_MS - 1)).effects).toMatchObject([{ do: 'refuse' }]);
  expect(stepTokenLife(life, asked(), at(REPROBE_INTERVAL_MS)).effects).toContainEqual({ do: 'mint' });
});

test('a refused token from a refused key is not sent any more', () => {
  const life = after(holding('a'), [rejected('a'), at(10)], [failed(REFUSED), at(10)]);
  expect(stepTokenLife(life, asked(), at(20)).effects).toMatchObject([{ do: 'refuse', failure: REFUSED }]);
});

test('a working token outlives the refusal of its key', () => {
  const life = after(holding('a'), [asked(), at(80_000)], [failed(REFUSED), at(80_000)]);
  expect(stepTokenLife(life, asked(), at(200_000)).effects).toEqual(
    // The probe interval is over, so one more attempt is waited for first.
    [{ do: 'mint' }, { do: 'await-mint' }],
  );
  expect(stepTokenLife(life, asked(), at(100_001)).effects).toEqual([{ do: 'give', token: 'a' }]);
});

test('404 on first contact means a server without tokens', () => {
  const life = after(NEW_LIFE, [asked(), at(0)], [failed(MISSING), at(0)]);
  expect(life.mode).toBe('oss');
  expect(stepTokenLife(life, asked(), at(1)).effects).toEqual([{ do: 'give', token: undefined }]);
});

test('a later 404 is a failure like any other', () => {
  const life = after(holding('a'), [asked(), at(80_000)], [failed(MISSING), at(80_000)]);
  expect(life.mode).toBe('orkes');
  expect(stepTokenLife(life, asked(), at(80_001)).effects).toEqual([{ do: 'give', token: 'a' }]);
});

test('a 401 from a server that seemed to need no token makes us ask again, now and then', () => {
  const life = after(NEW_LIFE, [asked(), at(0)], [failed(MISSING), at(0)]);
  expect(stepTokenLife(life, rejected(''), at(1)).effects).toEqual([{ do: 'give', token: undefined }]);
  expect(stepTokenLife(life, rejected(''), at(REPROBE_INTERVAL_MS)).effects).toContainEqual({ do: 'mint' });
});

test('the pause after a failure doubles up to a minute', () => {
  const pauses = Array.from({ length: 8 }, (_, i) => backoffMs(i + 1));
  expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  expect(backoffMs(1e9)).toBe(60_000);
});

test('Retry-After lengthens the pause', () => {
  const life = after(NEW_LIFE, [asked(), at(0)], [failed({ ...DOWN, retryAfterMs: 7_000 }), at(0)]);
  expect(life.pausedUntilMs).toBe(7_000);
});

test('a success ends the backoff', () => {
  const life = after(holding('a'), [failed(DOWN), at(5)], [failed(DOWN), at(6)], [minted('b'), at(7)]);
  expect(life).toMatchObject({ failures: 0, pausedUntilMs: 7, generation: 2 });
});

test('a token that has expired on arrival is used, and not fetched again at once', () => {
  const life = after(NEW_LIFE, [asked(), at(0)], [minted('a', -5), at(0)]);
  expect(stepTokenLife(life, asked(), at(999)).effects).toEqual([{ do: 'give', token: 'a' }]);
  expect(stepTokenLife(life, asked(), at(1_000)).effects).toContainEqual({ do: 'mint' });
});

test('the pauses between tokens that have expired on arrival grow', () => {
  const life = after(NEW_LIFE, [minted('a', -5), at(0)], [minted('b', -5), at(1_000)]);
  expect(life.pausedUntilMs).toBe(3_000);
});

test('a server that refuses each new token gets ten quick attempts, then backoff', () => {
  let life = holding('t0');
  const pauses = Array.from({ length: 12 }, (_, i) => {
    life = after(life, [rejected(`t${i}`), at(0)], [minted(`t${i + 1}`), at(0)]);
    return life.pausedUntilMs;
  });
  expect(pauses).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1_000, 2_000, 4_000]);
});

test('a refusal after a while is not held against the next token', () => {
  const life = after(holding('a'), [rejected('a'), at(YOUNG_TOKEN_MS)], [minted('b'), at(YOUNG_TOKEN_MS)]);
  expect(life.useless).toBe(0);
});

test('the refused token coming back from the endpoint is not taken for a new one', () => {
  const life = after(holding('a'), [rejected('a'), at(10)], [minted('a'), at(10)]);
  expect(stepTokenLife(life, rejected('a', { waited: true }), at(10)).effects).toEqual([
    { do: 'give', token: undefined },
  ]);
});

test('an unrefused token that the endpoint gives again begins a new life', () => {
  const life = after(holding('a'), [asked(), at(80_000)], [minted('a'), at(80_000)]);
  expect(life).toMatchObject({ useless: 0, pausedUntilMs: 80_000, token: { rejectedAtAgeMs: undefined } });
  expect(stepTokenLife(life, asked(), at(159_999)).effects).toEqual([{ do: 'give', token: 'a' }]);
});

test('a life of nothing at all is an expiry on arrival', () => {
  expect(after(NEW_LIFE, [minted('a', 0), at(0)]).pausedUntilMs).toBe(1_000);
});

test('a server without tokens is reported once, however often it is probed', () => {
  const first = stepTokenLife(NEW_LIFE, failed(MISSING), at(0));
  expect(first.effects).toMatchObject([{ do: 'report', what: 'no-endpoint' }]);
  expect(stepTokenLife(first.life, failed(MISSING), at(30_000)).effects).toEqual([]);
});

test('reports say since when it fails, and how long it took', () => {
  const life = after(holding('a'), [failed(DOWN), at(5_000)], [failed(DOWN), at(6_000)]);
  expect(stepTokenLife(life, failed(DOWN), at(8_000)).effects).toMatchObject([{ failures: 3, sinceMs: 3_000 }]);
  expect(stepTokenLife(life, minted('b'), at(9_000)).effects).toMatchObject([
    { what: 'recovered', failures: 2, sinceMs: 4_000 },
  ]);
  expect(stepTokenLife(holding('a'), minted('b'), at(9_000)).effects).toMatchObject([
    { what: 'minted', failures: 0, sinceMs: 0 },
  ]);
});

test('a tick refreshes a token that is due, and only then', () => {
  expect(stepTokenLife(holding('a'), { type: 'tick' }, at(79_999)).effects).toEqual([]);
  expect(stepTokenLife(holding('a'), { type: 'tick' }, at(80_000)).effects).toEqual([{ do: 'mint' }]);
});

test('a tick begins nothing during an attempt', () => {
  const life = after(holding('a'), [{ type: 'tick' }, at(80_000)]);
  expect(stepTokenLife(life, { type: 'tick' }, at(80_001)).effects).toEqual([]);
});

test('the next tick is when the token is due, and within 30 seconds', () => {
  expect(nextTickMs(holding('a'), at(0))).toBe(MAX_TICK_MS);
  expect(nextTickMs(holding('a'), at(70_000))).toBe(10_000);
  expect(nextTickMs(NEW_LIFE, at(0))).toBe(MAX_TICK_MS);
});

test('an abandoned attempt leaves no trace', () => {
  const before = holding('a');
  expect(after(before, [{ type: 'tick' }, at(80_000)], [{ type: 'abandoned' }, at(80_001)])).toEqual(before);
});

test('the first failure, each fifth and another kind of failure are reported, and so is the end', () => {
  const what: string[] = [];
  let life = holding('a');
  for (const event of [...Array.from({ length: 7 }, () => failed(DOWN)), failed(REFUSED), minted('b')]) {
    const step = stepTokenLife(life, event, at(0));
    life = step.life;
    what.push(...step.effects.flatMap((effect) => (effect.do === 'report' ? [effect.what] : [])));
  }
  expect(what).toEqual([
    'failing',
    'failed-again',
    'failed-again',
    'failed-again',
    'still-failing',
    'failed-again',
    'failed-again',
    'failing',
    'recovered',
  ]);
});

const DOWN: MintFailure = { kind: 'transient', code: 'AUTH_ENDPOINT_FAILED', status: 503 };
const REFUSED: MintFailure = { kind: 'credentials', code: 'AUTH_CREDENTIALS_REJECTED', status: 401 };
const MISSING: MintFailure = { kind: 'no-endpoint', code: 'AUTH_ENDPOINT_MISSING', status: 404 };

function at(ms: number): Instant {
  return { wallMs: ms, monotonicMs: ms };
}

function asked(but: { waited?: boolean; deadlineMs?: number } = {}): TokenEvent {
  return { type: 'asked', waited: false, deadlineMs: 15_000, ...but };
}

function rejected(token: string, but: { waited?: boolean } = {}): TokenEvent {
  return { type: 'rejected', token, waited: false, ...but };
}

function minted(token: string, lifeMs = 100_000): TokenEvent {
  return { type: 'minted', token, lifeMs, refreshAfterMs: 0.8 * lifeMs, mode: 'orkes' };
}

function failed(failure: MintFailure): TokenEvent {
  return { type: 'failed', failure };
}

function after(life: TokenLife, ...history: [TokenEvent, Instant][]): TokenLife {
  return history.reduce((life, [event, now]) => stepTokenLife(life, event, now).life, life);
}

function holding(token: string): TokenLife {
  return after(NEW_LIFE, [minted(token), at(0)]);
}
