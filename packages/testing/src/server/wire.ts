import type { Readable } from 'node:stream';
import type { Connection } from './connection.ts';
import { deferred } from './deferred.ts';

/** One request and the means to answer it, over either version of HTTP. */
export interface Wire {
  readonly protocol: 'HTTP/1.1' | 'HTTP/2';
  readonly connection: Connection;
  readonly method: string;
  /** Path and query, raw. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The caller has gone, or the exchange was torn down: nothing can be sent any more. */
  readonly gone: Promise<void>;
  readonly isGone: boolean;
  /** Gives what was received so far when the caller leaves in the middle. */
  readBody(maxBytes: number): Promise<ReceivedBody>;
  writeHead(status: number, headers: Readonly<Record<string, string>>): void;
  /** Resolves when the chunk has left this process, or nobody is there to take it. */
  write(chunk: string | Buffer): Promise<void>;
  end(): void;
  /** HTTP/2: RST_STREAM with this code. HTTP/1.1 has no such thing: the connection is reset. */
  resetStream(code: number): void;
  /** HTTP/2: its id, from 1; HTTP/1.1: 0. */
  readonly streamId: number;
}

export interface ReceivedBody {
  readonly bytes: Buffer;
  readonly state: 'whole' | 'cut' | 'too-big';
}

/** Collects a body up to a limit. */
export function readAll(source: Readable, maxBytes: number): Promise<ReceivedBody> {
  const { promise, resolve } = deferred<ReceivedBody>();
  const chunks: Buffer[] = [];
  let size = 0;
  const settle = (state: ReceivedBody['state']): void => resolve({ bytes: Buffer.concat(chunks), state });
  // Listeners, not an iterator: leaving an iterator early would destroy the stream that the answer needs.
  source.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
    else settle('too-big');
  });
  source.once('end', () => settle('whole'));
  source.once('close', () => settle('cut'));
  return promise;
}
