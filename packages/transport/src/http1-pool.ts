import type { Socket } from 'node:net';
import type Pool from 'undici/lib/dispatcher/pool.js';
import type { Call } from './call.ts';
import { proxyAuthorization } from './choose-proxy.ts';
import { openSocket } from './open-socket.ts';
import type { ConnectAttempt } from './open-socket.ts';
import type { Route } from './route.ts';
import { speaksTls } from './speaks-tls.ts';
import { TransportError } from './transport-error.ts';
import type { TransportPolicy } from './transport-options.ts';
import { UndiciExchange } from './undici-exchange.ts';
import type { AnsweringProxy } from './undici-exchange.ts';
import { loadUndici, undiciIfLoaded } from './undici-parts.ts';
import type { UndiciParts } from './undici-parts.ts';

/** HTTP/1.1 to one origin: undici's pool, over sockets that this package opens. It is given no more calls than it may have sockets, so its own queue stays empty. */
export class Http1Pool {
  readonly #route: Route;
  readonly #policy: TransportPolicy;
  #pool: Pool | undefined;
  #poolSince = 0;
  /** When the process was last seen to run. */
  #awakeAt: number = performance.now();
  /** Too old for new calls; they finish those they have. */
  readonly #draining = new Set<Pool>();
  readonly #onRoom: () => void;
  readonly #isRoomWanted: () => boolean;
  readonly #onOpened: () => void;
  readonly #sockets = new Set<Socket>();
  readonly #attempts = new Set<ConnectAttempt>();
  /** Of a plain request through a proxy. */
  readonly #throughProxy: ProxyInUse | undefined;
  #adopted: Socket | undefined;
  #active = 0;
  /** Nothing to find out: something has been answered here, the port has been asked, or it is being asked. */
  #isKnown: boolean;

  constructor(route: Route, policy: TransportPolicy, on: PoolEvents) {
    this.#route = route;
    this.#policy = policy;
    this.#onRoom = on.room;
    this.#isRoomWanted = on.isRoomWanted;
    this.#onOpened = on.opened;
    this.#isKnown = route.secure || route.proxy !== undefined;
    if (route.proxy !== undefined && !route.tunnel) {
      this.#throughProxy = {
        name: route.proxy.url.origin,
        source: route.proxy.source,
        authorization: proxyAuthorization(route.proxy.url),
      };
    }
  }

  get active(): number {
    return this.#active;
  }

  get sockets(): number {
    return this.#sockets.size;
  }

  /** Uses a socket that is open already, for the next call. */
  adopt(socket: Socket): void {
    this.#adopted = socket;
  }

  start(call: Call, now: number): void {
    const exchange = new UndiciExchange(call, this.#throughProxy, this.#done, this.#fail);
    this.#active += 1;
    const undici = undiciIfLoaded();
    if (undici === undefined) void this.#startLater(call, exchange);
    else this.#dispatch(undici, call, exchange, now);
  }

  /** Called now and then, and before each call: gives up what is too old. */
  check(now: number): void {
    const { keepAliveTimeoutMs, maxConnectionAgeMs } = this.#policy;
    // After a stop (SIGSTOP, a frozen container) the timers that close idle sockets are late, and a call could be put on a dead one.
    const wasStopped = this.#sockets.size > 0 && now - this.#awakeAt > keepAliveTimeoutMs;
    this.#awakeAt = now;
    // undici's own age limit (`clientTtl`) asks the clock for every connection at every call.
    const isOld = maxConnectionAgeMs !== 0 && now - this.#poolSince >= maxConnectionAgeMs;
    if (wasStopped || isOld) this.#retirePool();
  }

  async close(): Promise<void> {
    this.#adopted?.destroy();
    await Promise.all(this.#pools().map((pool) => pool.close().catch(ignore)));
  }

  async destroy(why: Error): Promise<void> {
    for (const attempt of this.#attempts) attempt.cancel();
    this.#attempts.clear();
    this.#adopted?.destroy();
    await Promise.all(this.#pools().map((pool) => pool.destroy(why).catch(ignore)));
  }

  #pools(): Pool[] {
    return this.#pool === undefined ? [...this.#draining] : [this.#pool, ...this.#draining];
  }

  /** The call has its place meanwhile, and may be given up. */
  async #startLater(call: Call, exchange: UndiciExchange): Promise<void> {
    try {
      const undici = await loadUndici();
      if (!call.isOver) return this.#dispatch(undici, call, exchange, performance.now());
    } catch (error) {
      call.fail(error as Error);
    }
    this.#done('failed');
  }

  #dispatch({ Pool, symbols }: UndiciParts, call: Call, exchange: UndiciExchange, now: number): void {
    const { method, path, headers, body, origin } = call.request;
    const proxied = this.#throughProxy;
    const options: Record<string | symbol, unknown> = { path, method, headers, body };
    if (proxied !== undefined) {
      options['path'] = origin + path;
      if (proxied.authorization !== undefined)
        options['headers'] = { ...headers, 'proxy-authorization': proxied.authorization };
    }
    // Only a call that can be aborted has to be taken back from a connection that is being made.
    if (symbols.kQueuedAbort !== undefined && call.request.signal !== undefined) {
      options[symbols.kQueuedAbort] = (cancel: (reason: Error) => void): void => exchange.queued(cancel);
    }
    this.check(now);
    this.#pool ??= this.#createPool(Pool, now);
    this.#pool.dispatch(options, exchange);
  }

  /** As a whole: what is idle in it is closed, what has a call on it when that is over. */
  #retirePool(): void {
    const old = this.#pool;
    if (old === undefined) return;
    this.#pool = undefined;
    this.#draining.add(old);
    void old
      .close()
      .catch(ignore)
      .finally(() => this.#draining.delete(old));
  }

  #createPool(Pool: UndiciParts['Pool'], now: number): Pool {
    this.#poolSince = now;
    return new Pool(this.#route.origin, {
      connections: this.#policy.maxHttp1Sockets,
      pipelining: 1,
      allowH2: false,
      connect: this.#connect,
      keepAliveTimeout: this.#policy.keepAliveTimeoutMs,
      // The transport has limits of its own; undici's default of 300 s would cut long polls.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  /** A port that speaks TLS ends a plain connection without a word: one that has never answered is asked whether it is one. */
  readonly #fail = (call: Call, error: TransportError): void => {
    if (this.#isKnown || call.isOver || call.isAnswered || error.code !== 'CONNECTION_RESET') return call.fail(error);
    this.#isKnown = true;
    const giveUp = speaksTls(this.#route, (yes) => {
      this.#isKnown = !yes;
      call.fail(yes ? new TransportError('TLS_REQUIRED', { cause: error.cause, origin: this.#route.origin }) : error);
    });
    // The call may end meanwhile, by its signal, a limit or the end of the transport.
    call.carrier = { drop: giveUp, pause: ignore, resume: ignore };
  };

  readonly #done = (how: 'ended' | 'failed'): void => {
    if (how === 'ended') this.#isKnown = true;
    this.#active -= 1;
    // Nobody is left of those it was opened for, and unused it would hold the process.
    if (this.#active === 0) this.#adopted?.destroy();
    // A dispatch from inside undici's error callback trips its own assertions; from its end callback it would not see the free socket.
    if (how === 'failed') setImmediate(this.#onRoom);
    else if (this.#isRoomWanted()) queueMicrotask(this.#onRoom);
  };

  readonly #connect = (_options: object, callback: (error: Error | null, socket: Socket | null) => void): Socket => {
    const ready = this.#adopted;
    this.#adopted = undefined;
    // It may have been closed while undici was loaded.
    if (ready?.destroyed === false) {
      this.#track(ready);
      // undici loses the connection when it is called back synchronously.
      queueMicrotask(() => callback(null, ready));
      return ready;
    }
    const attempt = openSocket(this.#route, ['http/1.1'], (error, socket) => {
      this.#attempts.delete(attempt);
      if (socket !== null) {
        this.#track(socket);
        this.#onOpened();
      }
      callback(error, socket);
    });
    this.#attempts.add(attempt);
    attempt.tcp.once('close', () => this.#attempts.delete(attempt));
    return attempt.tcp;
  };

  #track(socket: Socket): void {
    this.#sockets.add(socket);
    // After an alert of TLS comes the end of the connection. undici would report only that, which says nothing of the reason.
    socket.once('error', () => socket.destroy());
    socket.once('close', () => this.#sockets.delete(socket));
  }
}

/** What its owner hears. */
interface PoolEvents {
  /** A call has ended: there is room for one more. After one that ended well only if somebody waits for it. */
  readonly room: () => void;
  readonly isRoomWanted: () => boolean;
  /** A socket is open. */
  readonly opened: () => void;
}

interface ProxyInUse extends AnsweringProxy {
  readonly authorization: string | undefined;
}

function ignore(): void {}
