import type { Socket } from 'node:net';
import type { Call } from './call.ts';
import { FaultMemory } from './fault-memory.ts';
import { Http1Pool } from './http1-pool.ts';
import { Http2Connection } from './http2-connection.ts';
import type { ConnectionEvents, RetireReason } from './http2-connection.ts';
import { openSocket } from './open-socket.ts';
import type { ConnectAttempt } from './open-socket.ts';
import type { OriginContext } from './origin-context.ts';
import { ownCopy } from './own-copy.ts';
import type { Route } from './route.ts';
import type { TransportError } from './transport-error.ts';
import { WaitingLine } from './waiting-line.ts';

/** A refused call is sent again this many times at once; then its caller hears of it. */
const MAX_REPLAYS = 3;
/** After a failed attempt to add a connection to others that work. */
const RETRY_CONNECT_MS = 1_000;

/** Everything open to one `https://host:port`: which protocol it speaks, its connections, and the calls that wait. */
export class Origin implements ConnectionEvents {
  readonly route: Route;
  readonly #context: OriginContext;
  readonly #waiting: WaitingLine = new WaitingLine(() => this.room());
  readonly #connections: Http2Connection[] = [];
  readonly #draining = new Set<Http2Connection>();
  readonly #faults = new FaultMemory();
  #protocol: 'unknown' | 'h2' | 'h1';
  #pool: Http1Pool | undefined;
  #attempt: ConnectAttempt | undefined;
  #noAttemptBefore = 0;
  #closed = false;
  #placing = false;

  constructor(route: Route, context: OriginContext) {
    this.route = route;
    this.#context = context;
    const { http2 } = context.policy;
    this.#protocol = http2 === 'prior-knowledge' ? 'h2' : http2 === 'off' || !route.secure ? 'h1' : 'unknown';
  }

  get protocol(): 'unknown' | 'h2' | 'h1' {
    return this.#protocol;
  }

  get sessions(): number {
    return this.#connections.length + this.#draining.size;
  }

  get sockets(): number {
    return this.#pool?.sockets ?? 0;
  }

  get inFlight(): number {
    let count = this.#pool?.active ?? 0;
    for (const connection of this.#connections) count += connection.active;
    for (const connection of this.#draining) count += connection.active;
    return count;
  }

  get queued(): number {
    return this.#waiting.size;
  }

  get isIdle(): boolean {
    return (
      this.queued === 0 &&
      this.sessions === 0 &&
      this.sockets === 0 &&
      this.inFlight === 0 &&
      this.#attempt === undefined
    );
  }

  /** Since when the first in the line waits, if it waits because a limit is reached and not for a connection that is being made. */
  get blockedSince(): number | undefined {
    // What a session allows is known when the server's SETTINGS are there.
    if (this.#protocol !== 'h1' && !this.#connections.some((connection) => connection.heardSettings)) return undefined;
    return this.#waiting.first?.since;
  }

  submit(call: Call): void {
    const now = call.since;
    if (this.#faults.fallbackIsOver(now)) this.#tryHttp2Again();
    if (this.#waiting.size === 0 && this.#place(call, now)) return;
    this.#waiting.add(call);
    this.#connectIfNeeded(now);
    this.#updateHold();
  }

  /** Called now and then. */
  check(now: number): void {
    this.#pool?.check(now);
    for (const connection of [...this.#connections, ...this.#draining]) connection.check(now);
    if (this.#waiting.size > 0) this.#connectIfNeeded(now);
  }

  room(): void {
    // A connection that is found to be old while a call is placed comes back here.
    if (this.#placing) return;
    if (this.#waiting.size > 0) this.#placeWaiting(performance.now());
    if (this.#waiting.size === 0) this.#dropUnwantedAttempt();
    this.#updateHold();
  }

  retired(connection: Http2Connection, why: RetireReason): void {
    const index = this.#connections.indexOf(connection);
    if (index !== -1) this.#connections.splice(index, 1);
    this.#draining.add(connection);
    if (why === 'fault' && this.#mayFallBack && this.#faults.record(performance.now())) this.#fallBack(connection.why);
    if (this.#waiting.size > 0) this.room();
  }

  closed(connection: Http2Connection): void {
    this.#draining.delete(connection);
  }

  refused(call: Call, cause: Error | undefined): void {
    if (call.isOver) return;
    call.phase = 'waiting';
    call.carrier = undefined;
    const again = call.request.body === null || Buffer.isBuffer(call.request.body);
    if (!again || call.replays >= MAX_REPLAYS || this.#closed)
      return call.failWith('STREAM_REFUSED', { cause, requestSent: false });
    call.replays += 1;
    call.since = performance.now();
    this.#context.totals.replays += 1;
    this.submit(call);
  }

  /** No new calls come. Idle connections are closed now; busy ones still serve the calls that wait. */
  closeIdle(): void {
    this.#closed = true;
    for (const connection of this.#connections.slice()) if (connection.active === 0) connection.retire('shutdown');
  }

  async close(): Promise<void> {
    this.closeIdle();
    await this.#pool?.close();
  }

  async destroy(why: Error): Promise<void> {
    this.#closed = true;
    this.#dropAttempt();
    const sessions = [...this.#connections, ...this.#draining];
    await Promise.all([...sessions.map((connection) => connection.destroy(why)), this.#pool?.destroy(why)]);
  }

  #placeWaiting(now: number): void {
    this.#placing = true;
    for (let call = this.#waiting.first; call !== undefined && this.#place(call, now); call = this.#waiting.first)
      this.#waiting.remove(call);
    this.#placing = false;
    if (this.#waiting.size > 0) this.#connectIfNeeded(now);
  }

  /** Gives the call to a connection. @returns `false`: none has room. */
  #place(call: Call, now: number): boolean {
    if (this.#protocol === 'h1') {
      const pool = (this.#pool ??= this.#createPool());
      if (pool.active >= this.#context.policy.maxHttp1Sockets) return false;
      pool.start(call, now);
      return true;
    }
    const connections = this.#connections;
    // A copy where there are several: one that is found to be old leaves.
    for (const connection of connections.length > 1 ? connections.slice() : connections) {
      if (!connection.hasRoom(now)) continue;
      connection.start(call, now);
      return true;
    }
    return false;
  }

  #connectIfNeeded(now: number): void {
    if (this.#protocol === 'h1' || this.#attempt !== undefined) return;
    // The pause is for those who have other connections: without any, nothing would serve or end the calls that wait, or hold the process.
    if (now < this.#noAttemptBefore && this.#connections.length > 0) return;
    if (this.#connections.length >= this.#context.policy.maxHttp2Sessions) return;
    // A server that has not sent its SETTINGS may still allow more streams on the connection there is.
    if (this.#connections.some((connection) => !connection.heardSettings)) return;
    const alpn = this.#context.policy.http2 === 'prior-knowledge' ? ['h2'] : ['h2', 'http/1.1'];
    const attempt = openSocket(this.route, alpn, (error, socket) => {
      this.#attempt = undefined;
      if (socket === null) this.#onConnectFailed(error as TransportError);
      else this.#onConnected(socket, attempt.tcp);
    });
    this.#attempt = attempt;
    // Loaded while the network is busy with the connection: a session is not to begin with the reading of Node's own code.
    process.getBuiltinModule('node:http2');
  }

  #onConnected(socket: Socket & { readonly alpnProtocol?: string | false | null }, tcp: Socket): void {
    this.#context.totals.connectionsOpened += 1;
    if (this.#context.policy.http2 === 'prior-knowledge' || socket.alpnProtocol === 'h2') {
      this.#protocol = 'h2';
      this.#connections.push(new Http2Connection(this.route.origin, socket, tcp, this.#context.policy, this));
    } else {
      this.#protocol = 'h1';
      this.#pool ??= this.#createPool();
      if (this.#waiting.size > 0) this.#pool.adopt(socket);
      else socket.destroy();
    }
    this.room();
  }

  #onConnectFailed(error: TransportError): void {
    if (this.#connections.length > 0) {
      // Those who wait get their turn on the connections that work.
      this.#noAttemptBefore = performance.now() + RETRY_CONNECT_MS;
      return;
    }
    for (const call of this.#waiting.takeAll()) call.fail(ownCopy(error));
  }

  get #mayFallBack(): boolean {
    return this.#context.policy.http2 === 'auto' && this.#protocol === 'h2' && !this.#closed;
  }

  #fallBack(cause: Error | undefined): void {
    this.#protocol = 'h1';
    // It might come back with HTTP/2.
    this.#dropAttempt();
    const setting = this.#context.settingNames.http2 ?? "http2: 'off'";
    this.#context.logger?.warn(
      `HTTP/2 keeps failing: HTTP/1.1 is used for the next minutes. ${setting} makes that permanent`,
      {
        origin: this.route.origin,
        cause: cause?.message,
      },
    );
    for (const connection of this.#connections.slice()) connection.retire('closed');
  }

  #tryHttp2Again(): void {
    this.#protocol = 'unknown';
    void this.#pool?.close();
    this.#pool = undefined;
  }

  #createPool(): Http1Pool {
    return new Http1Pool(this.route, this.#context.policy, {
      room: () => this.room(),
      isRoomWanted: () => this.#waiting.size > 0,
      opened: () => (this.#context.totals.connectionsOpened += 1),
    });
  }

  /** A connection that nobody waits for any more is still welcome to calls that run; without any, it would only hold the process. */
  #dropUnwantedAttempt(): void {
    if (this.#attempt !== undefined && this.inFlight === 0) this.#dropAttempt();
  }

  #dropAttempt(): void {
    this.#attempt?.cancel();
    this.#attempt = undefined;
  }

  /** Calls hold the process, also when they wait for a server that allows no stream; nothing else does. */
  #updateHold(): void {
    const someoneWaits = this.#waiting.size > 0;
    for (const connection of this.#connections) connection.hold(someoneWaits || connection.active > 0);
    for (const connection of this.#draining) connection.hold(connection.active > 0);
  }
}
