import type { ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Clock, Timer } from '../clock.ts';
import { type Deferred, deferred } from './deferred.ts';

/** One accepted TCP connection and what runs on it. */
export class Connection {
  readonly id: number;
  /** The TCP socket itself, below any TLS: only this one can send an RST or fall silent. */
  readonly raw: Socket;
  /** What the HTTP layer writes to: the raw socket, or the TLS socket above it. */
  stream: Duplex;
  readonly closed: Promise<void>;
  session: ServerHttp2Session | undefined;
  /** Set: the next HTTP/1.1 answer says `Connection: close`; on HTTP/2 it ends when nothing runs on it any more. */
  closesAfterAnswer = false;
  /** Set: a GOAWAY has named the last stream that counts. Node still takes streams that come before the frame is written. */
  takesNoStreams = false;
  /** HTTP/2: id of the newest stream taken. */
  newestStreamId = 0;
  #running = 0;
  #isClosing = false;
  #requests = 0;
  #idleTimer: Timer | undefined;
  #silence: Deferred<void> | undefined;

  constructor(id: number, raw: Socket) {
    this.id = id;
    this.raw = raw;
    this.stream = raw;
    this.closed = new Promise((resolve) => {
      raw.once('close', () => {
        this.endSilence();
        this.#idleTimer?.cancel();
        resolve();
      });
    });
  }

  /** Requests received so far. */
  get requests(): number {
    return this.#requests;
  }

  get isIdle(): boolean {
    return this.#running === 0;
  }

  begin(): void {
    this.#requests += 1;
    this.#running += 1;
    this.#idleTimer?.cancel();
  }

  end(): void {
    this.#running -= 1;
  }

  closeWhenIdleFor(ms: number, clock: Clock): void {
    this.#idleTimer?.cancel();
    if (!this.raw.destroyed) this.#idleTimer = clock.setTimer(() => this.retire(), ms);
  }

  /** As servers end an idle connection: HTTP/2 says GOAWAY first. */
  retire(): void {
    if (this.session === undefined || this.session.destroyed) this.close();
    else this.session.close();
  }

  /** As an abrupt crash looks to the other side: RST. */
  reset(): void {
    // Behind a FIN that is on its way a reset is refused (EINVAL), and Node then forgets the handle without closing it.
    if (this.raw.writableEnded || this.stream.writableEnded) this.raw.destroy();
    else this.raw.resetAndDestroy();
  }

  /** As an orderly end of the process looks to the other side: FIN, whatever was promised before. */
  close(): void {
    // From the top, so that TLS says goodbye and what was written before still arrives.
    if (this.session !== undefined) this.session.destroy();
    this.stream.end();
    // Each call of `destroySoon` would add a listener.
    if (!this.#isClosing) this.raw.destroySoon();
    this.#isClosing = true;
  }

  /** Open, but nothing is read or written any more, not even an HTTP/2 PING is answered. */
  silence(): void {
    if (this.#silence !== undefined || this.raw.destroyed) return;
    this.#silence = deferred();
    // `pause()` does not stop a socket whose handle the TLS or HTTP/2 layer reads directly.
    handleOf(this.raw)?.readStop();
  }

  endSilence(): void {
    if (this.#silence === undefined) return;
    if (!this.raw.destroyed) handleOf(this.raw)?.readStart();
    this.#silence.resolve();
    this.#silence = undefined;
  }

  /** To be awaited before anything is written; undefined when there is nothing to wait for. */
  whenAudible(): Promise<void> | undefined {
    return this.#silence?.promise;
  }

  destroy(): void {
    this.session?.destroy();
    this.raw.destroy();
  }
}

interface StreamHandle {
  readStop(): void;
  readStart(): void;
}

const handleOf = (socket: Socket): StreamHandle | null | undefined =>
  (socket as Socket & { readonly _handle?: StreamHandle | null })._handle;
