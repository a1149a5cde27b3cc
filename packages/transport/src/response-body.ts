import type { Transform } from 'node:stream';
import { decodersFor } from './decode-stream.ts';
import { TransportError } from './transport-error.ts';

/** The connection under a body. */
export interface BodySource {
  pauseBody(): void;
  resumeBody(): void;
  /** Nobody wants the rest. */
  cancelBody(error: Error): void;
}

/** Kept for a reader that is slower than the network; beyond it the network is paused. As large as an HTTP/2 stream's window. */
const HIGH_WATER_MARK = 256 * 1024;

/**
 * The bytes of one answer between the connection and the reader: counted, decompressed, held back when nobody reads. Lives until the last
 * byte, the first error, or the reader's cancel.
 */
export class ResponseBody {
  readonly #source: BodySource;
  readonly #limit: number;
  readonly #encoding: string | undefined;
  readonly #decoders: Transform[] | undefined;
  #received = 0;
  #decoded = 0;
  #chunks: Buffer[] = [];
  #held = 0;
  #paused = false;
  #collecting = false;
  #ended = false;
  #error: Error | undefined;
  #wake: (() => void) | undefined;

  constructor(source: BodySource, maxBytes: number, contentEncoding: string | undefined) {
    this.#source = source;
    this.#limit = maxBytes === 0 ? Infinity : maxBytes;
    this.#encoding = contentEncoding;
    if (contentEncoding !== undefined) this.#decoders = this.#connect(decodersFor(contentEncoding));
  }

  /** Bytes from the connection. */
  push(chunk: Buffer): void {
    this.#received += chunk.length;
    if (this.#received > this.#limit) return this.#overflow();
    const first = this.#decoders?.[0];
    if (first === undefined) this.#store(chunk);
    else if (!first.write(chunk)) this.#pause();
  }

  /** The connection has given all there is. */
  end(): void {
    const first = this.#decoders?.[0];
    if (first === undefined || this.#received === 0) this.#finish();
    else first.end();
  }

  fail(error: Error): void {
    if (this.#ended || this.#error !== undefined) return;
    this.#error = error;
    this.#chunks = [];
    for (const decoder of this.#decoders ?? []) decoder.destroy();
    this.#wake?.();
  }

  /** All of it, at once if it is there. */
  collect(): Buffer | Promise<Buffer> {
    return this.#ended ? this.#takeAll() : this.#collectLater();
  }

  /** The next part, `undefined` at the end. */
  async next(): Promise<Buffer | undefined> {
    while (true) {
      if (this.#error !== undefined) throw this.#error;
      const chunk = this.#chunks.shift();
      if (chunk !== undefined) {
        this.#held -= chunk.length;
        if (this.#held < HIGH_WATER_MARK / 2) this.#resume();
        return chunk;
      }
      if (this.#ended) return undefined;
      await this.#more();
    }
  }

  /** The reader is not interested any more. */
  cancel(reason: Error): void {
    if (this.#ended || this.#error !== undefined) {
      this.#chunks = [];
      return;
    }
    this.fail(reason);
    this.#source.cancelBody(reason);
  }

  async #collectLater(): Promise<Buffer> {
    this.#collecting = true;
    // While it collects, only the end and an error wake it.
    if (this.#error === undefined) await this.#more();
    if (this.#error !== undefined) throw this.#error;
    return this.#takeAll();
  }

  #takeAll(): Buffer {
    const chunks = this.#chunks;
    this.#chunks = [];
    const [first] = chunks;
    return chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks);
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#wake = undefined;
        resolve();
      };
      // Only now: over HTTP/1.1 all the rest may come before this returns, and nobody would be told of the end.
      this.#resume();
    });
  }

  #store(chunk: Buffer): void {
    // Most bodies are one chunk: a list made for it is small, one that begins to grow is not.
    if (this.#chunks.length === 0) this.#chunks = [chunk];
    else this.#chunks.push(chunk);
    this.#held += chunk.length;
    if (this.#collecting) return;
    if (this.#held > HIGH_WATER_MARK) {
      this.#decoders?.at(-1)?.pause();
      this.#pause();
    }
    this.#wake?.();
  }

  #finish(): void {
    if (this.#error !== undefined) return;
    this.#ended = true;
    this.#wake?.();
  }

  #pause(): void {
    if (this.#paused) return;
    this.#paused = true;
    this.#source.pauseBody();
  }

  #resume(): void {
    this.#decoders?.at(-1)?.resume();
    if (!this.#paused) return;
    this.#paused = false;
    this.#source.resumeBody();
  }

  #overflow(): void {
    this.#break(new TransportError('RESPONSE_TOO_LARGE', { limitBytes: this.#limit }));
  }

  #break(error: Error): void {
    this.fail(error);
    this.#source.cancelBody(error);
  }

  #connect(decoders: Transform[] | undefined): Transform[] | undefined {
    if (decoders === undefined) return undefined;
    const last = decoders.at(-1) as Transform;
    const fail = (cause: Error): void =>
      this.#break(new TransportError('DECODE_FAILED', { cause, encoding: this.#encoding }));
    for (const [index, decoder] of decoders.entries()) {
      decoder.on('error', fail);
      const next = decoders[index + 1];
      if (next !== undefined) decoder.pipe(next);
    }
    decoders[0]?.on('drain', () => {
      if (this.#held <= HIGH_WATER_MARK || this.#collecting) this.#resume();
    });
    // A few kilobytes can unpack to gigabytes: what counts is what comes out.
    last.on('data', (chunk: Buffer) => {
      this.#decoded += chunk.length;
      if (this.#decoded > this.#limit) this.#overflow();
      else this.#store(chunk);
    });
    last.on('end', () => this.#finish());
    return decoders;
  }
}
