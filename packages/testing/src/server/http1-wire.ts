import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connection } from './connection.ts';
import { type ReceivedBody, type Wire, readAll } from './wire.ts';

export class Http1Wire implements Wire {
  readonly protocol = 'HTTP/1.1';
  readonly streamId = 0;
  readonly connection: Connection;
  readonly gone: Promise<void>;
  readonly headers: Readonly<Record<string, string>>;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #keepAliveTimeoutMs: number;

  /** `keepAliveTimeoutMs` is what the server promises to a caller that asks for the connection to be kept; 0: nothing. */
  constructor(connection: Connection, request: IncomingMessage, response: ServerResponse, keepAliveTimeoutMs: number) {
    this.connection = connection;
    this.#request = request;
    this.#response = response;
    this.#keepAliveTimeoutMs = keepAliveTimeoutMs;
    this.headers = flatten(request.headers);
    this.gone = new Promise((resolve) => {
      response.once('close', resolve);
    });
    request.on('error', ignore);
    response.on('error', ignore);
  }

  get method(): string {
    return this.#request.method ?? 'GET';
  }

  get target(): string {
    return this.#request.url ?? '/';
  }

  get isGone(): boolean {
    return this.#response.destroyed || this.#response.writableEnded;
  }

  readBody(maxBytes: number): Promise<ReceivedBody> {
    return readAll(this.#request, maxBytes);
  }

  writeHead(status: number, headers: Readonly<Record<string, string>>): void {
    if (this.isGone) return;
    this.#sayWhetherKept();
    // The real server's status line has an empty reason phrase.
    this.#response.writeHead(status, '', headers);
  }

  /** Kept alive is the rule in HTTP/1.1, and the server speaks of it only to those that do so themselves. */
  #sayWhetherKept(): void {
    const { shouldKeepAlive } = this.#response;
    const asksToKeep = /(?:^|,)\s*keep-alive\s*(?:,|$)/i.test(this.headers['connection'] ?? '');
    if (this.connection.closesAfterAnswer || !shouldKeepAlive) this.#response.setHeader('connection', 'close');
    else if (asksToKeep) {
      this.#response.setHeader('connection', 'keep-alive');
      const seconds = Math.floor(this.#keepAliveTimeoutMs / 1_000);
      if (seconds > 0) this.#response.setHeader('keep-alive', `timeout=${seconds}`);
    } else this.#response.removeHeader('connection');
  }

  async write(chunk: string | Buffer): Promise<void> {
    const silence = this.connection.whenAudible();
    // Awaited only where there is one, so that otherwise the write goes out in this very turn.
    if (silence !== undefined) await silence;
    if (this.isGone) return;
    await Promise.race([new Promise((resolve) => void this.#response.write(chunk, resolve)), this.gone]);
  }

  end(): void {
    if (!this.isGone) this.#response.end();
  }

  resetStream(): void {
    this.connection.reset();
  }
}

/** A repeated header counts as one, joined as RFC 9110 section 5.3 allows. */
export function flatten(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !name.startsWith(':')) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

const ignore = (): void => {};
