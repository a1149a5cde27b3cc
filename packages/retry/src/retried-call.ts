import { announceRetry } from './announce-retry.ts';
import { attemptInit, isRequest, originOf } from './attempt-request.ts';
import type { Call, Fetch, RequestInitWithCall } from './call.ts';
import { afterRedirect, type CallProfile, profileOf } from './call-profile.ts';
import { classifyFailure, classifyResponse, type Failure, overrule, toFailure } from './classify-outcome.ts';
import { decideNext, type Refusal, type Wait } from './decide-next.ts';
import { drop } from './dropped-body.ts';
import { finalFailure } from './final-failure.ts';
import { askForToken } from './fresh-token.ts';
import { History } from './history.ts';
import { Interruption } from './interruption.ts';
import { type AnswerOutcome, type FailureOutcome, isFailure, type Outcome } from './outcome.ts';
import { readAnswer } from './read-answer.ts';
import { refuseEcho } from './refuse-echo.ts';
import type { Retrier } from './retrier.ts';
import { type CallContext, monotonic, mustBeDuration } from './retry-fetch-options.ts';
import { situationOf } from './situation-of.ts';
import { asAbortSignal, type StepSignal, takesLightSignal } from './step-signal.ts';
import { type Deadline, deadlineAfter, nearestLimit, type TimeLimit } from './time-limit.ts';
import { TimeoutError } from './timeout-error.ts';
import type { TokenSource } from './token-source.ts';
import { watchBody } from './watched-body.ts';

/** One call and the loop that carries it: every effect is here, every decision is asked for from a rule. */
export class RetriedCall {
  readonly #retrier: Retrier;
  readonly #fetch: Fetch;
  readonly #input: string | URL | Request;
  readonly #call: Call | undefined;
  readonly #signal: AbortSignal | undefined;
  readonly #interruption: Interruption;
  readonly #deadline: Deadline | undefined;
  #init: RequestInitWithCall | undefined;
  #history: History | undefined;
  #knownProfile: CallProfile | undefined;
  #knownOrigin: string | undefined;
  #attempt = 0;
  /** When this step began. */
  #startedMs = 0;
  /** This attempt's request has been given to the fetch. */
  #sent = false;
  #sentToken: string | undefined;
  #freshToken: string | undefined;

  constructor(retrier: Retrier, fetch: Fetch, input: string | URL | Request, init: RequestInitWithCall | undefined) {
    this.#retrier = retrier;
    this.#fetch = fetch;
    this.#input = input;
    this.#call = init?.call;
    this.#init = init;
    // The Request of another package has `null` where there is none.
    this.#signal = init?.signal ?? (isRequest(input) ? input.signal : undefined) ?? undefined;
    this.#interruption = new Interruption(this.#signal);
    const totalTimeoutMs = this.#call?.totalTimeoutMs ?? retrier.policy.totalTimeoutMs;
    this.#deadline = deadlineAfter(totalTimeoutMs, retrier.effects.now, this.#call?.spentMs);
  }

  async run(): Promise<Response> {
    const interruption = this.#interruption;
    this.#retrier.budget?.enter();
    try {
      interruption.throwIfEnded();
      // A limit that is no number would be none.
      mustBeDuration('call.timeoutMs', this.#call?.timeoutMs ?? 0);
      mustBeDuration('call.totalTimeoutMs', this.#call?.totalTimeoutMs ?? 0);
      if (isRequest(this.#input)) await this.#bufferBody(this.#input);
      for (;;) {
        const signal = this.#begin();
        let token: string | undefined;
        try {
          const asked = this.#freshToken ?? this.#askForToken();
          token = typeof asked === 'object' ? await this.#waitForToken(asked) : asked;
        } catch (error) {
          if (interruption.ended) throw error;
          throw this.#failure({ kind: 'unsent' }, 'answered', error);
        }
        interruption.throwIfEnded();
        this.#sentToken = token;
        this.#sent = true;
        let response: Response | undefined;
        let isGood = false;
        let failure: Failure | undefined;
        try {
          const answer = await this.#send(signal, token);
          interruption.throwIfEnded();
          const read = this.#call === undefined ? answer : readAnswer(answer);
          const whole = read instanceof Promise ? await interruption.wait(read) : read;
          // Asked here: where the fetch gave nothing at all, that is a failure of its.
          isGood = whole.status < 400;
          response = whole;
        } catch (error) {
          if (interruption.ended) throw error;
          failure = toFailure(error);
        }
        if (response !== undefined && isGood && this.#retrier.classify === undefined) {
          return this.#handOut(response);
        }
        const answer = await this.#afterAttempt(response, failure);
        if (answer !== undefined) return answer;
      }
    } catch (error) {
      interruption.abandon();
      if (interruption.expired !== undefined) throw this.#timeout(interruption.expired);
      throw error;
    } finally {
      this.#retrier.budget?.leave();
    }
  }

  #send(signal: StepSignal, token: string | undefined): Promise<Response> {
    const { authHeader } = this.#retrier.policy;
    // It settles by itself when the signal says so; any other fetch is not trusted to.
    const isTrusted = takesLightSignal(this.#fetch);
    const given = isTrusted ? asAbortSignal(signal) : signal.real;
    const answer = this.#fetch(this.#input, attemptInit(this.#input, this.#init, given, authHeader, token));
    return isTrusted ? answer : this.#interruption.waitForAnswer(answer);
  }

  #askForToken(): ReturnType<TokenSource['getToken']> {
    const { tokens } = this.#retrier;
    // In JavaScript none may be `null` as well.
    return tokens?.freshToken?.() ?? tokens?.getToken(this.#interruption.signal) ?? undefined;
  }

  async #waitForToken(asked: Promise<string | undefined>): Promise<string | undefined> {
    const token = await this.#interruption.wait(asked);
    // Waiting for a token takes nothing from the time that the server is given.
    this.#arm();
    return token ?? undefined;
  }

  #begin(): StepSignal {
    const signal = this.#interruption.begin();
    this.#attempt += 1;
    if (this.#call !== undefined) this.#call.attempts = this.#attempt;
    this.#sent = false;
    this.#arm();
    return signal;
  }

  /** Sets the timer of a step. One that could not end in time is not started. */
  #arm(timeoutMs: number = this.#call?.timeoutMs ?? this.#retrier.policy.requestTimeoutMs): void {
    const { effects, timeouts } = this.#retrier;
    const queue = this.#deadline === undefined && timeoutMs > 0 ? timeouts.of(timeoutMs) : undefined;
    if (queue !== undefined) {
      const nowMs = this.#interruption.armIn(queue);
      this.#startedMs = effects.now === monotonic ? nowMs : effects.now();
      return;
    }
    this.#startedMs = effects.now();
    const limit = nearestLimit(timeoutMs, this.#deadline, this.#startedMs);
    if (limit !== undefined && limit.remainingMs <= 0) throw this.#timeout(limit);
    if (limit !== undefined) this.#interruption.arm(limit);
  }

  /** A Request gives its body once, so it is taken into memory. */
  async #bufferBody(request: Request): Promise<void> {
    if (request.body === null || (this.#init?.body ?? null) !== null) return;
    this.#arm();
    this.#init = { ...this.#init, body: await this.#interruption.wait(request.arrayBuffer()) };
  }

  /** An answer for the caller, or `undefined`: go round again. */
  async #afterAttempt(response: Response | undefined, failure: Failure | undefined): Promise<Response | undefined> {
    const durationMs = this.#durationMs;
    // Ours follows no redirect that could hide a write.
    const isFollowed = response?.redirected === true && !takesLightSignal(this.#fetch);
    if (isFollowed) this.#knownProfile = afterRedirect(this.#profile);
    const known = await this.#classify(response, failure);
    this.#sent = false;
    const outcome = overrule(this.#retrier, known, this.#context);
    const history = this.#known;
    if (outcome.kind !== 'answered') this.#record(history, outcome, failure?.error, durationMs);
    const decision = decideNext(
      outcome,
      situationOf(this.#retrier, this.#profile, history, this.#origin, this.#deadline),
    );
    if (decision.do === 'wait' || (decision.do === 'refresh' && (await this.#refresh(history)))) {
      if (response !== undefined && this.#call === undefined) drop(response);
      const delayMs = decision.do === 'wait' ? decision.delayMs : 0;
      announceRetry(this.#retrier, { ...this.#context, outcome, delayMs, error: failure?.error });
      this.#retrier.outages?.retried(this.#origin, outcome, this.#retrier.effects.now());
      if (decision.do === 'wait') await this.#pause(decision, history);
      return undefined;
    }
    const because = decision.do === 'finish' ? decision.because : 'answered';
    if (because === 'budget') this.#retrier.budget?.refuse(this.#origin, this.#retrier.effects.now());
    this.#retrier.outages?.failed(this.#origin, outcome, this.#retrier.effects.now());
    if (response !== undefined) return this.#finish(response, history, outcome);
    // A hook may call a failure an answer, but there is none to hand out: then what we know of it counts.
    throw this.#failure(isFailure(outcome) ? outcome : (known as FailureOutcome), because, failure?.error);
  }

  #failure(outcome: FailureOutcome, because: Refusal, error: unknown): unknown {
    const { doubt, doubtCause, failures } = this.#known;
    return finalFailure({
      outcome,
      because,
      error,
      profile: this.#profile,
      doubt: doubt === 'none' ? undefined : { cause: doubtCause },
      attempts: this.#attempt,
      failures,
    });
  }

  #classify(response: Response | undefined, failure: Failure | undefined): FailureOutcome | Promise<AnswerOutcome> {
    if (response === undefined) return classifyFailure(failure, this.#input, this.#init);
    return this.#interruption.wait(classifyResponse(response, this.#retrier));
  }

  /** `true` when the call can be replayed with a new token. */
  async #refresh(history: History): Promise<boolean> {
    history.replayed = true;
    this.#arm();
    this.#freshToken = await askForToken(this.#retrier, this.#sentToken, this.#interruption);
    // A stream is used up. The token was fetched all the same: the next call needs it.
    return this.#freshToken !== undefined && this.#profile.bodyReplayable;
  }

  async #pause({ delayMs, counts, costs }: Wait, history: History): Promise<void> {
    const { effects, budget, waiters } = this.#retrier;
    history.count(counts, costs);
    // After a wait the source is asked again: the token of the replay may have been replaced.
    if (this.#retrier.tokens !== undefined) this.#freshToken = undefined;
    if (costs) budget?.spend(this.#origin);
    this.#interruption.disarm();
    this.#arm(0);
    if (counts === 'rate-limit') waiters.count += 1;
    try {
      await this.#interruption.wait(effects.sleep(delayMs, this.#interruption.signal));
    } finally {
      if (counts === 'rate-limit') waiters.count -= 1;
    }
  }

  /** Hands out an error answer, unless it may be the echo of what an earlier attempt did. */
  async #finish(response: Response, history: History, outcome: Outcome): Promise<Response> {
    const known = { attempts: this.#attempt, bodyIsRead: this.#call !== undefined };
    await refuseEcho(response, this.#profile, history, known, this.#interruption);
    if ('retryAfterMs' in outcome && outcome.retryAfterMs !== undefined) {
      Reflect.defineProperty(response, 'retryAfterMs', { value: outcome.retryAfterMs, configurable: true });
    }
    return this.#handOut(response);
  }

  #handOut(response: Response): Response {
    const { budget, outages, effects } = this.#retrier;
    this.#interruption.disarm();
    const isNews = budget?.untouched === false || outages?.untouched === false;
    if (isNews && response.status < 500 && response.status !== 429) {
      budget?.succeed(this.#origin, this.#history?.paid === true, effects.now());
      outages?.succeeded(this.#origin, effects.now());
    }
    // The body of a call with `init.call` is read; any other may still be on its way.
    if (this.#call === undefined && this.#signal !== undefined) watchBody(response, this.#interruption);
    else this.#interruption.release();
    return response;
  }

  #timeout({ code, timeoutMs }: TimeLimit): TimeoutError {
    const history = this.#known;
    const sent = this.#sent && !this.#interruption.unsent;
    const outcome: Outcome = { kind: 'timeout', code, sent };
    if (this.#sent) this.#record(history, outcome, undefined, this.#durationMs);
    this.#retrier.outages?.failed(this.#origin, outcome, this.#retrier.effects.now());
    return new TimeoutError({
      code,
      timeoutMs,
      mayHaveBeenProcessed: sent || history.doubt !== 'none',
      operation: this.#profile.operation,
      attempts: this.#attempt,
      failures: history.failures,
    });
  }

  #record(history: History, outcome: Outcome, error: unknown, durationMs: number): void {
    history.record(outcome, error, durationMs);
    if (this.#call !== undefined) this.#call.failures = history.failures;
  }

  /** Made at the first failure. */
  get #known(): History {
    return (this.#history ??= new History());
  }

  /** Asked for only where something fails, and then several times. */
  get #origin(): string {
    return (this.#knownOrigin ??= originOf(this.#input));
  }

  get #durationMs(): number {
    return Math.round(Math.max(0, this.#retrier.effects.now() - this.#startedMs));
  }

  get #profile(): CallProfile {
    return (this.#knownProfile ??= profileOf(this.#input, this.#init, this.#call, this.#retrier.policy));
  }

  get #context(): CallContext {
    const { operation, method } = this.#profile;
    return { operation, method, attempt: this.#attempt };
  }
}
