import { Call, NOW } from './call.ts';
import type { CallOwner } from './call.ts';
import { dispatchOn } from './dispatch-on.ts';
import { LiveCalls } from './live-calls.ts';
import { Origin } from './origin.ts';
import type { OriginContext } from './origin-context.ts';
import { PendingBodies } from './pending-bodies.ts';
import { prepareRequest } from './prepare-request.ts';
import type { FetchInput, PreparedRequest } from './prepare-request.ts';
import { nameSettings } from './name-settings.ts';
import { reasonOf } from './reason-of.ts';
import { decideRedirect, describeUrl, headersForHop, withoutSecrets } from './redirect-rule.ts';
import type { RawHeaders } from './response-headers.ts';
import { planRoute } from './route.ts';
import type { TlsIdentity } from './secure-context.ts';
import { SlowWaitWarning } from './slow-wait-warning.ts';
import type { SlowWaitTiming } from './slow-wait-warning.ts';
import { TransportError } from './transport-error.ts';
import { MAX_TIMER_MS } from './transport-options.ts';
import type { TransportOptions, TransportPolicy } from './transport-options.ts';
import type { TransportStats } from './transport-stats.ts';

const DEFAULT_CLOSE_TIMEOUT_MS = 10_000;
/** Origins that are remembered while nothing is open to them. */
const MAX_IDLE_ORIGINS = 100;

/** All connections of one transport, and the calls on them. */
export class OpenTransport implements CallOwner {
  readonly maxResponseBytes: number;
  readonly #policy: TransportPolicy;
  readonly #options: TransportOptions;
  readonly #identity: TlsIdentity;
  readonly #environment: Readonly<Record<string, string | undefined>>;
  readonly #context: OriginContext;
  readonly #sensitive: ReadonlySet<string>;
  readonly #origins = new Map<string, Origin>();
  readonly #calls = new LiveCalls();
  readonly #reading: PendingBodies = new PendingBodies(() => this.#tellIfDrained());
  readonly #slowWait: SlowWaitWarning;
  readonly #totals = { requests: 0, connectionsOpened: 0, replays: 0, bytesReceived: 0 };
  #watch: NodeJS.Timeout | undefined;
  #isDestroyed = false;
  #closing: Promise<void> | undefined;
  #onDrained: (() => void) | undefined;

  constructor(options: TransportOptions, policy: TransportPolicy, identity: TlsIdentity, slowWait: SlowWaitTiming) {
    const settingNames = options.settingNames ?? {};
    this.#options = options;
    this.#policy = policy;
    this.#identity = identity;
    this.maxResponseBytes = policy.maxResponseBytes;
    // Read once: a change in the middle of the program's life would reach some connections and not others.
    this.#environment = { ...process.env };
    this.#context = { policy, settingNames, logger: options.logger, totals: this.#totals };
    this.#sensitive = new Set([
      'authorization',
      'cookie',
      'proxy-authorization',
      ...(options.sensitiveHeaders ?? []).map((name) => name.toLowerCase()),
    ]);
    this.#slowWait = new SlowWaitWarning(slowWait, this.#context);
  }

  fetch(input: FetchInput, init?: RequestInit): Promise<Response> {
    try {
      this.#refuseWhenClosed();
      const prepared = prepareRequest(input, init);
      return prepared instanceof Promise ? this.#exchangeLater(prepared, input, init) : this.#exchange(prepared);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** Takes no new calls, lets those in flight finish, ends the rest at the timeout. Always resolves; a second call joins the first. */
  close(timeoutMs: number = DEFAULT_CLOSE_TIMEOUT_MS): Promise<void> {
    const limitMs = Number.isNaN(timeoutMs) ? DEFAULT_CLOSE_TIMEOUT_MS : timeoutMs;
    return (this.#closing ??= this.#drain(Math.max(0, Math.min(limitMs, MAX_TIMER_MS))));
  }

  /** Ends everything now. */
  async destroy(cause?: Error): Promise<void> {
    this.#closing ??= Promise.resolve();
    this.#isDestroyed = true;
    clearInterval(this.#watch);
    this.#reading.endAll(cause);
    for (const call of this.#calls.all())
      call.failWith('CLOSED', { cause, requestSent: call.phase === 'waiting' ? false : 'unknown' });
    // The reason of a signal may be anything.
    const error = cause instanceof Error ? cause : new TransportError('CLOSED', { cause });
    await Promise.all([...this.#origins.values()].map((origin) => origin.destroy(error)));
    this.#origins.clear();
  }

  stats(): TransportStats {
    const { maxHttp2Sessions, maxHttp1Sockets, maxStreamsPerSession } = this.#policy;
    const limits = { maxHttp2Sessions, maxHttp1Sockets, maxStreamsPerSession };
    const origins = [...this.#origins.values()].map(({ route, protocol, sessions, sockets, inFlight, queued }) => {
      return { origin: route.origin, protocol, sessions, sockets, inFlight, queued, limits };
    });
    return { origins, totals: { ...this.#totals } };
  }

  redirect(call: Call, { status, headers }: { readonly status: number; readonly headers: RawHeaders }): boolean {
    const { request } = call;
    const from = new URL(request.origin + request.path);
    const decision = decideRedirect({
      status,
      location: typeof headers['location'] === 'string' ? headers['location'] : undefined,
      from,
      method: request.method,
      bodyCanBeResent: request.body === null || Buffer.isBuffer(request.body),
      mode: request.redirect,
      followed: call.followed,
      maxRedirects: this.#policy.maxRedirects,
    });
    if (decision.do === 'return') return false;
    if (decision.do === 'refuse') {
      const { code, reason } = decision;
      const location = withoutSecrets(decision.location, request.headers, this.#sensitive);
      call.failWith(code, { status, url: describeUrl(from), location, reason, requestSent: true });
      return true;
    }
    const { url } = decision;
    const next = call.successor({
      ...request,
      origin: url.origin,
      path: url.pathname + url.search,
      headers: headersForHop(request.headers, from, url, this.#sensitive),
      isDone: request.isDone || status === 303,
    });
    this.#calls.add(next);
    call.leave();
    // Not from inside the parser that has just told of the answer.
    queueMicrotask(() => next.isOver || this.#launch(next));
    return true;
  }

  settled(call: Call): void {
    this.#calls.remove(call);
    this.#tellIfDrained();
  }

  received(bytes: number): void {
    this.#totals.bytesReceived += bytes;
  }

  explained(error: Error): Error {
    return nameSettings(error, this.#context.settingNames);
  }

  #refuseWhenClosed(): void {
    if (this.#closing !== undefined) throw new TransportError('CLOSED', { requestSent: false });
  }

  /** A Blob, a form or the body of a Request has to be read first, and a signal must not wait for that. */
  async #exchangeLater(
    prepared: Promise<PreparedRequest>,
    input: FetchInput,
    init: RequestInit | undefined,
  ): Promise<Response> {
    // `null` takes the signal of a Request off it; the Request of another package has `null` where there is none.
    const own = typeof input === 'object' && 'signal' in input ? input.signal : undefined;
    const signal = init?.signal === undefined ? own : init.signal;
    return this.#exchange(await this.#reading.wait(prepared, signal ?? undefined));
  }

  #tellIfDrained(): void {
    if (this.#calls.size + this.#reading.size === 0) this.#onDrained?.();
  }

  #exchange(request: PreparedRequest): Promise<Response> {
    const { signal } = request;
    if (signal?.aborted === true) return Promise.reject(reasonOf(signal));
    return new Promise((resolve, reject) => this.#launch(new Call(request, this, resolve, reject, 0)));
  }

  #launch(call: Call): void {
    // The body of the call was there in the very turn in which the transport was ended.
    if (this.#isDestroyed) return call.failWith('CLOSED', { requestSent: false });
    this.#calls.add(call);
    this.#totals.requests += 1;
    try {
      const dispatcher = call.request.dispatcher ?? this.#options.dispatcher;
      if (dispatcher === undefined) this.#originOf(call.request.origin).submit(call);
      else dispatchOn(dispatcher, call);
    } catch (error) {
      call.fail(error as Error);
    }
    this.#watch ??= setInterval(() => this.#look(), this.#watchIntervalMs()).unref();
  }

  #originOf(name: string): Origin {
    let origin = this.#origins.get(name);
    if (origin === undefined) {
      if (this.#origins.size >= MAX_IDLE_ORIGINS) this.#forgetIdleOrigins();
      origin = new Origin(
        planRoute(name, this.#options, this.#policy, this.#identity, this.#environment),
        this.#context,
      );
      this.#origins.set(name, origin);
    }
    return origin;
  }

  #forgetIdleOrigins(): void {
    for (const [name, origin] of this.#origins) {
      if (!origin.isIdle) continue;
      this.#origins.delete(name);
      void origin.close();
    }
  }

  /** One timer for all connections and calls: cheaper than one for each, and it never holds the process. */
  #watchIntervalMs(): number {
    const { bodyIdleTimeoutMs, headersTimeoutMs, keepAliveTimeoutMs, pingIntervalMs, pingTimeoutMs } = this.#policy;
    const limits = [bodyIdleTimeoutMs, headersTimeoutMs, keepAliveTimeoutMs, pingIntervalMs, pingTimeoutMs].filter(
      (ms) => ms > 0,
    );
    return Math.max(5, Math.min(500, Math.min(...limits) / 8));
  }

  #look(): void {
    const now = performance.now();
    for (const origin of this.#origins.values()) {
      origin.check(now);
      this.#slowWait.check(origin, now);
    }
    const { bodyIdleTimeoutMs, headersTimeoutMs } = this.#policy;
    for (const call of this.#calls.all()) {
      if (call.since === NOW) call.since = now;
      const quietMs = now - call.since;
      if (call.phase === 'sent' && headersTimeoutMs !== 0 && quietMs >= headersTimeoutMs) {
        call.failWith('HEADERS_TIMEOUT', { timeoutMs: headersTimeoutMs });
      } else if (call.phase === 'answered' && bodyIdleTimeoutMs !== 0 && quietMs >= bodyIdleTimeoutMs) {
        call.failWith('BODY_TIMEOUT', { timeoutMs: bodyIdleTimeoutMs });
      }
    }
    if (this.#calls.size > 0 || [...this.#origins.values()].some((origin) => !origin.isIdle)) return;
    clearInterval(this.#watch);
    this.#watch = undefined;
  }

  async #drain(timeoutMs: number): Promise<void> {
    for (const origin of this.#origins.values()) origin.closeIdle();
    if (this.#calls.size + this.#reading.size > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        this.#onDrained = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    await this.destroy();
  }
}
