import type { ClientHttp2Session, ClientHttp2Stream, Settings } from 'node:http2';
import type { Socket } from 'node:net';
import type { Call } from './call.ts';
import { codeOf } from './exchange-error.ts';
import { ENHANCE_YOUR_CALM, NO_ERROR } from './http2-error-codes.ts';
import { startExchange } from './http2-exchange.ts';
import type { StreamHost } from './http2-exchange.ts';
import { requestFields } from './http2-request-fields.ts';
import { keepNativeSession } from './native-session.ts';
import { listen } from './silence.ts';
import type { Traffic } from './silence.ts';
import { TransportError } from './transport-error.ts';
import type { TransportPolicy } from './transport-options.ts';

/** As undici's: large enough for a fast network, small enough to bound what an unread body can hold. */
const STREAM_WINDOW = 256 * 1024;
const CONNECTION_WINDOW = 512 * 1024;
const NOTHING = Buffer.alloc(0);

/** What a connection tells its origin. */
export interface ConnectionEvents {
  /** A stream is free or over, or the server now allows another number of them. */
  room(): void;
  /** The connection takes no new calls from now on. */
  retired(connection: Http2Connection, why: RetireReason): void;
  closed(connection: Http2Connection): void;
  /** The server has not processed it: it may be sent again. */
  refused(call: Call, cause: Error | undefined): void;
}

/** `fault`: the server or the network broke the protocol; two of these make an origin fall back to HTTP/1.1. */
export type RetireReason = 'goaway' | 'closed' | 'fault' | 'idle' | 'age' | 'shutdown';

/** One HTTP/2 session over one socket. Retired means: no new streams; those that run are left to finish. */
export class Http2Connection implements StreamHost {
  readonly session: ClientHttp2Session;
  readonly #socket: Socket;
  readonly #tcp: Socket;
  readonly #events: ConnectionEvents;
  readonly #policy: TransportPolicy;
  readonly #openedAt: number = performance.now();
  readonly #traffic: Traffic;
  #idleSince: number = performance.now();
  #active = 0;
  /** The server's preface. Before it, one call shows whether it is there at all. */
  #heardSettings = false;
  #streams = 1;
  #retired = false;
  #closed = false;
  #held = true;
  /** Streams above it were not processed (RFC 9113 section 6.8). */
  lastStreamId: number = Infinity;
  goawayCode: number | undefined;
  /** Why the session ended, where that is known. */
  why: Error | undefined;

  /** `tcp`: the lowest of the sockets under `socket`, which is the same one where there is no TLS. */
  constructor(origin: string, socket: Socket, tcp: Socket, policy: TransportPolicy, events: ConnectionEvents) {
    this.#socket = socket;
    this.#tcp = tcp;
    this.#policy = policy;
    this.#events = events;
    this.#traffic = { bytes: socket.bytesRead, heardAt: performance.now(), probedAt: 0 };
    const session = process.getBuiltinModule('node:http2').connect(origin, {
      createConnection: () => socket,
      settings: { enablePush: false, initialWindowSize: STREAM_WINDOW },
    });
    this.session = session;
    session.on('connect', () => {
      // It may have been ended before Node tells of its beginning.
      if (session.destroyed) return;
      session.setLocalWindowSize(CONNECTION_WINDOW);
      keepNativeSession(session, socket);
    });
    session.on('remoteSettings', (settings) => this.#onSettings(settings));
    session.on('goaway', (code, lastStreamId) => this.#onGoaway(code, lastStreamId));
    session.on('error', (error: Error) => (this.why ??= error));
    session.on('close', () => this.#onSessionClosed());
    tcp.on('error', (error: Error) => (this.why ??= error));
    socket.once('close', () => {
      this.#closed = true;
      // Node's session reports its end after that of its socket, or not at all when a write on the broken socket was never finished.
      setImmediate(() => {
        this.#onSessionClosed();
        events.closed(this);
      });
    });
  }

  get bytesRead(): number {
    return this.#socket.bytesRead;
  }

  get active(): number {
    return this.#active;
  }

  get heardSettings(): boolean {
    return this.#heardSettings;
  }

  /** Also retires a connection that has been idle for too long without the timer noticing, as after a stopped process or a frozen machine. */
  hasRoom(now: number): boolean {
    if (this.#retired || this.#active >= this.#streams) return false;
    // Streams hear of the end before their session does, and their callers may call again at once.
    if (this.session.closed || this.session.destroyed) return false;
    this.#retireIfSpent(now);
    return !this.#retired;
  }

  start(call: Call, now: number): void {
    let stream: ClientHttp2Stream;
    try {
      stream = this.session.request(requestFields(call.request), { endStream: call.request.body === null });
    } catch (cause) {
      const { origin } = call.request;
      return call.fail(new TransportError('INVALID_REQUEST', { cause, origin, detail: 'refused by node:http2' }));
    }
    if (this.#active++ === 0) this.#becomeBusy(now);
    startExchange(call, stream, this);
  }

  /** A stream of this connection is over. */
  released(): void {
    this.#active -= 1;
    if (this.#active === 0) {
      this.#idleSince = performance.now();
      if (this.#retired) this.#end();
    }
    // Of a retired one nobody gets the place; that it runs no more may be the last reason for another one that is being made.
    this.#events.room();
  }

  refused(call: Call, cause: Error | undefined): void {
    this.#events.refused(call, cause);
  }

  /** Keeps the process alive, or lets it end. */
  hold(wanted: boolean): void {
    if (wanted === this.#held || this.#socket.destroyed) return;
    this.#held = wanted;
    if (wanted) this.#socket.ref();
    else this.#socket.unref();
  }

  /** Called now and then: closes what is idle or old, and finds out whether the other side is still there. */
  check(now: number): void {
    if (!this.#retired) this.#retireIfSpent(now);
    // A peer that is silent, or keeps its side open, would never let Node close the socket.
    else if (this.#isIdleTooLong(now)) this.#socket.destroy();
    if (this.#active === 0) return;
    if (this.bytesRead === this.#traffic.bytes) this.#touch();
    const step = this.#listen(now);
    if (step === 'probe') this.#probe(now);
    // A blocked event loop looks like silence: let it read what has arrived, then look again.
    else if (step === 'dead') setImmediate(() => this.#listen(performance.now()) === 'dead' && this.#declareDead());
  }

  #retireIfSpent(now: number): void {
    const { maxConnectionAgeMs } = this.#policy;
    if (this.#isIdleTooLong(now)) this.retire('idle');
    else if (maxConnectionAgeMs !== 0 && now - this.#openedAt >= maxConnectionAgeMs) this.retire('age');
  }

  #isIdleTooLong(now: number): boolean {
    return this.#active === 0 && now - this.#idleSince >= this.#policy.keepAliveTimeoutMs;
  }

  retire(why: RetireReason): void {
    if (this.#retired) return;
    this.#retired = true;
    this.#events.retired(this, why);
    if (this.#active === 0) this.#end();
  }

  /** It is of no use any more, whatever Node says: calls on it fail. */
  giveUp(why: TransportError): void {
    this.why = why;
    this.retire('fault');
    void this.destroy();
  }

  /** @returns when the socket is closed. */
  destroy(why?: Error): Promise<void> {
    this.why ??= why;
    this.session.destroy();
    this.#socket.destroy();
    // Not `socket.closed`: that is true before the handle is.
    return this.#closed ? Promise.resolve() : new Promise((resolve) => this.#socket.once('close', () => resolve()));
  }

  #becomeBusy(now: number): void {
    this.hold(true);
    // Idle for long: whether anybody is there shows in one grace time, not in interval plus grace.
    this.#listen(now);
    if (this.#policy.pingIntervalMs !== 0 && now - this.#traffic.heardAt >= this.#policy.pingIntervalMs)
      this.#probe(now);
  }

  #listen(now: number): ReturnType<typeof listen> {
    const { pingIntervalMs: intervalMs, pingTimeoutMs: graceMs } = this.#policy;
    return listen(this.#traffic, this.bytesRead, now, { intervalMs, graceMs });
  }

  /**
   * Writes nothing, which fails where TCP knows that the connection is gone. Node may not know: after a write that failed, its TLS never
   * finishes another one, and its HTTP/2 reads nothing while it writes, not even the end of the connection.
   */
  #touch(): void {
    if (this.#tcp !== this.#socket && !this.#tcp.destroyed) this.#tcp.write(NOTHING);
  }

  #probe(now: number): void {
    this.#traffic.probedAt = now;
    if (this.session.destroyed) return;
    // After a GOAWAY node sends no pings any more, but settings still go out and are acknowledged.
    if (this.session.closed) this.session.settings({}, ignore);
    else this.session.ping(ignore);
  }

  #declareDead(): void {
    this.giveUp(new TransportError('CONNECTION_SILENT', { timeoutMs: this.#policy.pingTimeoutMs }));
  }

  #onSettings(settings: Settings): void {
    this.#heardSettings = true;
    this.#streams = Math.min(settings.maxConcurrentStreams ?? Infinity, this.#policy.maxStreamsPerSession);
    this.#events.room();
  }

  /** Emitted before node closes or destroys the session. */
  #onGoaway(code: number, lastStreamId: number): void {
    this.lastStreamId = Math.min(this.lastStreamId, lastStreamId);
    this.goawayCode = code;
    this.retire(code === NO_ERROR || code === ENHANCE_YOUR_CALM ? 'goaway' : 'fault');
  }

  #onSessionClosed(): void {
    // Gone before its preface: something on the way does not speak HTTP/2, whatever the handshake said.
    const spokeHttp2 = this.#heardSettings && codeOf(this.why) !== 'ERR_HTTP2_ERROR';
    this.retire(spokeHttp2 ? 'closed' : 'fault');
  }

  #end(): void {
    this.#idleSince = performance.now();
    this.hold(false);
    this.session.destroy();
  }
}

function ignore(): void {}
