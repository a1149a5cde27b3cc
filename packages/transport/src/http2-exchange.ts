import type { ClientHttp2Stream, IncomingHttpHeaders, IncomingHttpStatusHeader } from 'node:http2';
import { Readable } from 'node:stream';
import type { Call, Carrier } from './call.ts';
import { codeOf, isHandshakeAlert } from './exchange-error.ts';
import { CANCEL, ENHANCE_YOUR_CALM, HTTP_1_1_REQUIRED, NO_ERROR, REFUSED_STREAM } from './http2-error-codes.ts';
import { headDetail, isLargeHead, isUnsendableHead } from './large-head.ts';
import { TransportError } from './transport-error.ts';

/** The connection under a stream. */
export interface StreamHost {
  readonly session: { readonly destroyed: boolean };
  readonly lastStreamId: number;
  /** Of the last GOAWAY. */
  readonly goawayCode: number | undefined;
  readonly why: Error | undefined;
  readonly bytesRead: number;
  /** The stream is over. */
  released(): void;
  /** The server has not processed the call: it may be sent again. */
  refused(call: Call, cause: Error | undefined): void;
  retire(why: 'fault' | 'closed'): void;
  giveUp(why: TransportError): void;
}

/** Puts a call on a fresh stream. */
export function startExchange(call: Call, stream: ClientHttp2Stream, connection: StreamHost): void {
  new Http2Exchange(call, stream, connection).send();
}

/** What carries an exchange. Node keeps streams that are over until the next large collection, with all that hangs on them. */
interface CarryingStream extends ClientHttp2Stream {
  [EXCHANGE]?: Http2Exchange | undefined;
}

const EXCHANGE = Symbol('exchange');

/** One call on one HTTP/2 stream. The listeners are shared by all streams; what differs hangs on the stream, for as long as the call lasts. */
class Http2Exchange implements Carrier {
  readonly #stream: CarryingStream;
  readonly #connection: StreamHost;
  readonly #bytesBefore: number;
  #isWhole = false;
  #isReleased = false;
  #call: Call | undefined;
  #error: Error | undefined;

  constructor(call: Call, stream: CarryingStream, connection: StreamHost) {
    this.#call = call;
    this.#connection = connection;
    this.#bytesBefore = connection.bytesRead;
    this.#stream = stream;
    call.carrier = this;
    call.sent();
    stream[EXCHANGE] = this;
    stream.push = pushNoted;
    stream.on('response', onResponse);
    stream.on('end', onEnd);
    // Kept for the life of the stream: an error can come after everything else.
    stream.on('error', onError);
    stream.on('close', onClose);
  }

  /** Node is about to end the stream. */
  ending(): void {
    if (!this.#stream.closed) this.#isWhole = true;
  }

  answered(headers: IncomingHttpHeaders & IncomingHttpStatusHeader): void {
    this.#call?.answered(Number(headers[':status']), '', headers);
  }

  data(chunk: Buffer): void {
    this.#call?.data(chunk);
  }

  failed(error: Error): void {
    this.#error ??= error;
  }

  send(): void {
    const body = this.#call?.request.body;
    if (Buffer.isBuffer(body)) this.#stream.end(body);
    else if (body !== null && body !== undefined) void this.#sendChunks(body);
  }

  /** 'end' comes after a reset, a destroyed session and a lost socket as well: only END_STREAM, or every announced byte, is the end of a body. */
  end(): void {
    const call = this.#call;
    const isGood = call?.isAnswered === true && (this.#isWhole || (call.announcedLength && call.isComplete));
    if (isGood) {
      this.#call = undefined;
      call.ended();
      // Over on both sides: its place is free before Node says so, and before the caller, who now has the answer, wants one for the next call.
      if (this.#isWhole && this.#stream.writableFinished) this.#release();
    }
    // Answered, or reset without an error (RFC 9113 section 8.1), before the whole request was sent. Nobody wants the rest, and Node waits for it to
    // be sent before it says that the stream is closed: for ever where the server reads nothing more.
    if (!this.#stream.writableFinished && (isGood || this.#stream.closed)) this.#cancel();
  }

  /** A stream that fails emits 'error' and 'close': only the second counts, or a call would be sent again twice. */
  close(): void {
    const call = this.#call;
    this.#call = undefined;
    if (call !== undefined) this.#fail(call);
    this.#release();
  }

  #release(): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    this.#connection.released();
  }

  drop(): void {
    if (this.#call === undefined) return;
    this.#call = undefined;
    this.#cancel();
  }

  #cancel(): void {
    // Closing alone can leave the native stream behind when many calls are aborted.
    this.#stream.close(CANCEL);
    this.#stream.destroy();
  }

  pause(): void {
    this.#stream.pause();
  }

  resume(): void {
    this.#stream.resume();
  }

  #fail(call: Call): void {
    const { rstCode } = this.#stream;
    const id = this.#stream.id ?? Infinity;
    const { lastStreamId, why } = this.#connection;
    const cause = why ?? this.#error;
    if (!call.isAnswered) {
      if (cause !== undefined && isHandshakeAlert(cause)) {
        // The socket may stay open for long, and the next call would wait for the end of this handshake.
        this.#connection.retire('closed');
        return call.failWith('TLS_FAILED', { cause });
      }
      // The session could not even open the stream, because it was at its end.
      if (this.#stream.pending) this.#connection.retire('closed');
      // Refused, and not by the server: the HTTP/2 library has met an error of the server's and ended the session without telling Node.
      // A GOAWAY explains it as well: it may be read in one piece with the answer that made room for this stream.
      const heardGoaway = lastStreamId !== Infinity;
      const isUnprocessed = rstCode === REFUSED_STREAM || id > lastStreamId;
      // Sent again, it would be refused again, and where the server ends the whole session for it, end another one.
      const isAskedForCalm = rstCode === ENHANCE_YOUR_CALM || this.#connection.goawayCode === ENHANCE_YOUR_CALM;
      if (
        isAskedForCalm ? isLargeHead(call.request) : isUnprocessed && !heardGoaway && isUnsendableHead(call.request)
      ) {
        const requestSent = isUnprocessed ? false : 'unknown';
        return call.failWith('HEAD_TOO_LARGE', { cause, requestSent, detail: headDetail(call.request) });
      }
      if (rstCode === REFUSED_STREAM && !heardGoaway && this.#connection.bytesRead === this.#bytesBefore)
        this.#connection.giveUp(new TransportError('SESSION_ENDED'));
      // Not processed, says the protocol (RFC 9113 sections 6.8 and 8.7): safe to send again whatever the method is.
      if (this.#stream.pending || isUnprocessed) return this.#connection.refused(call, cause);
      if (rstCode === HTTP_1_1_REQUIRED) this.#connection.retire('fault');
    }
    if (why instanceof TransportError) {
      return call.failWith(why.code, { cause: why.cause, timeoutMs: why.timeoutMs });
    }
    if (this.#connection.session.destroyed) {
      const code = codeOfSession(cause);
      // Of a lost socket Node makes up a code that nobody has sent.
      const http2Code = code === 'CONNECTION_RESET' || rstCode === NO_ERROR ? undefined : rstCode;
      return call.failWith(code, { cause, http2Code });
    }
    const code = rstCode === NO_ERROR && call.isAnswered ? 'RESPONSE_TRUNCATED' : 'STREAM_RESET';
    call.failWith(code, { cause, http2Code: rstCode });
  }

  async #sendChunks(body: AsyncIterable<Uint8Array>): Promise<void> {
    const stream = this.#stream;
    try {
      for await (const chunk of body) {
        if (this.#call === undefined) return;
        if (!stream.write(chunk)) await drained(stream);
      }
      stream.end();
    } catch (error) {
      this.#call?.fail(error as Error);
    }
  }
}

/**
 * Node pushes the end of a stream for END_STREAM while the stream is open, for all else after it has closed it. What tells them apart is
 * needed because there are proxies that give up an answer in the middle with the code NO_ERROR.
 */
function pushNoted(this: CarryingStream, chunk: unknown, encoding?: BufferEncoding): boolean {
  if (chunk === null) this[EXCHANGE]?.ending();
  return Readable.prototype.push.call(this, chunk, encoding);
}

function onResponse(this: CarryingStream, headers: IncomingHttpHeaders & IncomingHttpStatusHeader): void {
  this[EXCHANGE]?.answered(headers);
  // Not before: Node emits 'response' a tick late, and a chunk that has come with it would reach a call without a body.
  this.on('data', onData);
}

function onData(this: CarryingStream, chunk: Buffer): void {
  this[EXCHANGE]?.data(chunk);
}

function onEnd(this: CarryingStream): void {
  this[EXCHANGE]?.end();
}

function onError(this: CarryingStream, error: Error): void {
  this[EXCHANGE]?.failed(error);
}

function onClose(this: CarryingStream): void {
  const exchange = this[EXCHANGE];
  this[EXCHANGE] = undefined;
  exchange?.close();
}

function codeOfSession(cause: Error | undefined): 'CONNECTION_RESET' | 'SESSION_ENDED' {
  return codeOf(cause).startsWith('ERR_HTTP2') ? 'SESSION_ENDED' : 'CONNECTION_RESET';
}

/** Also at the end of the stream, so that the pump does not wait for ever. */
function drained(stream: ClientHttp2Stream): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off('drain', done).off('close', done);
      resolve();
    };
    stream.once('drain', done).once('close', done);
  });
}
