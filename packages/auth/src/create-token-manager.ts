import { reasonOf, throwIfAborted } from './abort-reason.ts';
import { AuthError } from './auth-error.ts';
import { createBackgroundTicks } from './background-ticks.ts';
import { createClock } from './clock.ts';
import { measureLife } from './measure-life.ts';
import { mintToken } from './mint-token.ts';
import { reportTokenLife } from './report-token-life.ts';
import type { MintOutcome } from './request-token.ts';
import type { Answer, Report, ServerMode, TokenEvent } from './token-events.ts';
import { NEW_LIFE, nextTickMs, shouldRefresh, stepTokenLife, type TokenLife } from './token-life.ts';
import { resolveOptions, type TokenManagerOptions } from './token-manager-options.ts';
import type { TokenManager } from './token-manager.ts';
import { createWaitingRoom } from './waiting-room.ts';

/** What an event leads to, for whoever caused it. */
const NOTHING: Answer = { do: 'give', token: undefined };

/** `waited`: this caller has waited already. */
type Ask = (waited: boolean) => Answer;
type TokenOrPromise = string | undefined | Promise<string | undefined>;

/**
 * Makes a token manager; asks for nothing yet. All decisions are those of `stepTokenLife`; here they are carried out.
 *
 * @example
 * const tokens = createTokenManager({ serverUrl, keyId, keySecret });
 * await tokens.start();
 * const headers = { 'x-authorization': await tokens.getToken() };
 */
export function createTokenManager(options: TokenManagerOptions): TokenManager {
  const settings = resolveOptions(options);
  const clock = createClock(settings.now, settings.monotonic);
  const waitingRoom = createWaitingRoom();
  const ticks = createBackgroundTicks(
    () => dispatch({ type: 'tick' }),
    () => nextTickMs(life, clock.read()),
  );
  // State of the manager's lifetime. The closures keep it, and the key, out of sight of inspect and JSON.
  let life: TokenLife = NEW_LIFE;
  let attempts = 0;
  /** Ends the attempt under way. */
  let currentMint: AbortController | undefined;
  /** Each ends a start that waits. */
  const waitingStarts = new Set<AbortController>();

  function dispatch(event: TokenEvent): Answer {
    const step = stepTokenLife(life, event, clock.read());
    life = step.life;
    let answer = NOTHING;
    for (const effect of step.effects) {
      if (effect.do === 'mint') void mint();
      else if (effect.do === 'report') report(effect);
      else answer = effect;
    }
    return answer;
  }

  async function mint(): Promise<void> {
    attempts += 1;
    const abandon = new AbortController();
    currentMint = abandon;
    const outcome = await mintToken(settings, life.token?.value, abandon.signal);
    if (abandon.signal.aborted) return;
    dispatch(eventOf(outcome));
    waitingRoom.wakeAll();
    ticks.reschedule();
  }

  function eventOf(outcome: MintOutcome): TokenEvent {
    if ('failure' in outcome) return { type: 'failed', failure: outcome.failure };
    const isKey = settings.source.kind === 'key';
    const policy = { refreshIntervalMs: isKey ? settings.refreshTokenInterval : 0, capped: isKey };
    const span = measureLife(outcome.received, policy, clock.read().wallMs, settings.random());
    return { type: 'minted', token: outcome.received.token, mode: isKey ? 'orkes' : 'unknown', ...span };
  }

  function report(what: Report): void {
    try {
      // Declared to give nothing; an async method gives a promise all the same, perhaps one of another realm, and its rejection would end the process.
      Promise.resolve<unknown>(settings.logger && reportTokenLife(settings.logger, what)).catch(() => undefined);
    } catch {
      // A broken logger is no reason to fail a call.
    }
  }

  /** The answer itself where it is known, so that a token at hand costs no promise. */
  function answerOrWait(ask: Ask, deadlineMs: number, signal: AbortSignal | undefined): TokenOrPromise {
    // Who has given up already begins nothing.
    if (signal?.aborted === true) return Promise.reject(reasonOf(signal));
    const first = ask(false);
    return first.do === 'give' ? first.token : settle(first, ask, deadlineMs, signal);
  }

  /** Waits and asks again until there is an answer. */
  async function settle(
    first: Answer,
    ask: Ask,
    deadlineMs: number,
    signal: AbortSignal | undefined,
  ): Promise<string | undefined> {
    for (let answer = first; ; answer = ask(true)) {
      switch (answer.do) {
        case 'give':
          return answer.token;
        case 'refuse':
          // Each caller gets an error object of its own.
          throw new AuthError(answer.failure.code, { ...answer.failure, failures: answer.failures });
        case 'sleep':
          await pause(answer.untilMs, signal);
          break;
        case 'await-mint':
          if (!(await waitingRoom.wait(deadlineMs - clock.read().monotonicMs, signal))) clock.reached(deadlineMs);
      }
    }
  }

  async function pause(untilMs: number, signal: AbortSignal | undefined): Promise<void> {
    try {
      await settings.sleep(Math.max(untilMs - clock.read().monotonicMs, 0), signal);
    } finally {
      throwIfAborted(signal);
    }
    clock.reached(untilMs);
  }

  /** The way of nearly every call. */
  function freshToken(): string | undefined {
    if (life.mode === 'oss' || life.token === undefined || shouldRefresh(life.token, clock.read())) return undefined;
    return life.token.value;
  }

  function getToken(signal?: AbortSignal): TokenOrPromise {
    if (life.mode === 'oss') return undefined;
    const fresh = freshToken();
    if (fresh !== undefined) return fresh;
    const deadlineMs = clock.read().monotonicMs + settings.initialTokenTimeoutMs;
    return answerOrWait((waited) => dispatch({ type: 'asked', deadlineMs, waited }), deadlineMs, signal);
  }

  function refreshToken(rejected: string, signal?: AbortSignal): TokenOrPromise {
    const deadlineMs = clock.read().monotonicMs + settings.initialTokenTimeoutMs;
    return answerOrWait((waited) => dispatch({ type: 'rejected', token: rejected, waited }), deadlineMs, signal);
  }

  async function start(signal?: AbortSignal): Promise<ServerMode> {
    throwIfAborted(signal);
    const own = new AbortController();
    const aborted = (): void => own.abort(signal && reasonOf(signal));
    signal?.addEventListener('abort', aborted, { once: true });
    waitingStarts.add(own);
    try {
      await getToken(own.signal);
      own.signal.throwIfAborted();
    } finally {
      waitingStarts.delete(own);
      signal?.removeEventListener('abort', aborted);
    }
    if (life.mode !== 'oss' && settings.refreshTokenInterval > 0) ticks.start();
    return life.mode;
  }

  function stopBackgroundRefresh(): void {
    ticks.stop();
    for (const start of waitingStarts) start.abort(new AuthError('AUTH_STOPPED'));
    // An attempt that calls still wait for goes on.
    if (!life.minting || !waitingRoom.isEmpty()) return;
    currentMint?.abort();
    dispatch({ type: 'abandoned' });
  }

  return Object.freeze({
    get mode() {
      return life.mode;
    },
    freshToken,
    getToken,
    refreshToken,
    start,
    stopBackgroundRefresh,
    stats: () => ({ mints: life.generation, attempts, failures: life.failures, minting: life.minting }),
  });
}
