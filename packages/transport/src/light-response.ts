import type { ResponseBody } from './response-body.ts';
import { ResponseHeaders } from './response-headers.ts';
import type { RawHeaders } from './response-headers.ts';

/** What the body is read from: the connection, or one half of a clone. */
type Source = ResponseBody | ReadableStream<Uint8Array> | null;

/** Has the members of fetch's Response; Headers and ReadableStream are made when somebody asks for them. Not an `instanceof Response`. */
export class LightResponse {
  readonly status: number;
  readonly statusText: string;
  readonly url: string;
  readonly redirected: boolean;
  readonly type = 'basic';
  readonly #rawHeaders: RawHeaders;
  #headers: ResponseHeaders | undefined;
  #source: Source;
  #stream: ReadableStream<Uint8Array> | undefined;
  #used = false;

  constructor(
    status: number,
    statusText: string,
    rawHeaders: RawHeaders,
    url: string,
    redirected: boolean,
    source: Source,
  ) {
    this.status = status;
    this.statusText = statusText;
    this.url = url;
    this.redirected = redirected;
    this.#rawHeaders = rawHeaders;
    this.#source = source;
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  get headers(): ResponseHeaders {
    return (this.#headers ??= new ResponseHeaders(this.#rawHeaders));
  }

  get bodyUsed(): boolean {
    return this.#used;
  }

  get body(): ReadableStream<Uint8Array> | null {
    const source = this.#source;
    if (source === null) return null;
    return (this.#stream ??= streamOf(source, () => {
      // After a clone the stream of the original feeds both halves.
      if (this.#source === source) this.#used = true;
    }));
  }

  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    // A copy where the buffer belongs to a pool or a larger chunk: what the caller gets must be all its own.
    return new Uint8Array(await this.#read());
  }

  /** For a layer above that hands nothing of it out: the body as it lies in memory, perhaps amid other bytes; at once where it is there. */
  viewBytes(): Buffer | Promise<Buffer> {
    return this.#read();
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.bytes()).buffer;
  }

  async text(): Promise<string> {
    return textOf(await this.#read());
  }

  async json(): Promise<unknown> {
    return JSON.parse(textOf(await this.#read())) as unknown;
  }

  async blob(): Promise<Blob> {
    return new Blob([await this.bytes()], { type: this.headers.get('content-type') ?? '' });
  }

  /** Parsed by the platform's Response, which is loaded for it. */
  async formData(): Promise<FormData> {
    const type = this.headers.get('content-type');
    return new Response(await this.bytes(), { headers: type === null ? {} : { 'content-type': type } }).formData();
  }

  clone(): LightResponse {
    if (this.#used || this.#stream?.locked === true) throw new TypeError('The body has already been read');
    if (this.#source === null) return this.#with(null);
    const whole = this.body as ReadableStream<Uint8Array>;
    const [mine, theirs] = whole.tee();
    this.#stream = undefined;
    this.#source = mine;
    return this.#with(theirs);
  }

  #with(source: Source): LightResponse {
    return new LightResponse(this.status, this.statusText, this.#rawHeaders, this.url, this.redirected, source);
  }

  get [Symbol.toStringTag](): string {
    return 'Response';
  }

  /** At once where all of it has arrived: a promise that is already known costs a turn of the queue. */
  #read(): Buffer | Promise<Buffer> {
    if (this.#used || this.#stream?.locked === true) throw new TypeError('The body has already been read');
    const source = this.#source;
    if (source === null) return Buffer.alloc(0);
    this.#used = true;
    return source instanceof ReadableStream ? concat(source) : source.collect();
  }
}

async function concat(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function textOf(bytes: Buffer): string {
  const text = bytes.toString();
  // A byte order mark is not part of the text (Encoding standard).
  return text.charCodeAt(0) === 0xfe_ff ? text.slice(1) : text;
}

function streamOf(source: ResponseBody | ReadableStream<Uint8Array>, onRead: () => void): ReadableStream<Uint8Array> {
  const reader = source instanceof ReadableStream ? source.getReader() : undefined;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        onRead();
        const chunk = source instanceof ReadableStream ? (await reader?.read())?.value : await source.next();
        if (chunk === undefined) controller.close();
        else controller.enqueue(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
      },
      cancel(reason) {
        onRead();
        if (reader !== undefined) return reader.cancel(reason);
        (source as ResponseBody).cancel(
          reason instanceof Error ? reason : new Error('The body was cancelled', { cause: reason }),
        );
        return undefined;
      },
    },
    // Nothing is taken from the connection before somebody reads.
    { highWaterMark: 0 },
  );
}
