import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import type { Connection } from './connection.ts';
import { flatten } from './http1-wire.ts';
import { type ReceivedBody, type Wire, readAll } from './wire.ts';

export class Http2Wire implements Wire {
  readonly protocol = 'HTTP/2';
  readonly connection: Connection;
  readonly gone: Promise<void>;
  readonly headers: Readonly<Record<string, string>>;
  readonly method: string;
  readonly target: string;
  readonly #stream: ServerHttp2Stream;

  constructor(connection: Connection, stream: ServerHttp2Stream, headers: IncomingHttpHeaders) {
    this.connection = connection;
    this.#stream = stream;
    this.headers = flatten(headers);
    this.method = headers[':method'] ?? 'GET';
    this.target = headers[':path'] ?? '/';
    this.gone = new Promise((resolve) => {
      stream.once('close', resolve);
    });
    stream.on('error', ignore);
  }

  get streamId(): number {
    return this.#stream.id ?? 0;
  }

  get isGone(): boolean {
    return this.#stream.destroyed || this.#stream.closed;
  }

  readBody(maxBytes: number): Promise<ReceivedBody> {
    return readAll(this.#stream, maxBytes);
  }

  writeHead(status: number, headers: Readonly<Record<string, string>>): void {
    if (this.isGone) return;
    // RFC 9113 section 8.2.2: what speaks of the connection has no place here.
    const { connection: _connection, 'transfer-encoding': _encoding, ...rest } = headers;
    this.#stream.respond({ ':status': status, ...rest });
  }

  async write(chunk: string | Buffer): Promise<void> {
    const silence = this.connection.whenAudible();
    // Awaited only where there is one, so that otherwise the write goes out in this very turn.
    if (silence !== undefined) await silence;
    if (this.isGone) return;
    await Promise.race([new Promise((resolve) => void this.#stream.write(chunk, resolve)), this.gone]);
  }

  end(): void {
    if (!this.isGone) this.#stream.end();
  }

  resetStream(code: number): void {
    const stream = this.#stream;
    if (stream.destroyed) return;
    // `close()` ends the stream first, and the caller would see a complete answer that is too short, not the code.
    stream.end = () => stream;
    stream.close(code);
  }
}

const ignore = (): void => {};
