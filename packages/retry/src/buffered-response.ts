const decoder = new TextDecoder();

/** The parts of an answer that are known before its body. */
type Head = Pick<Response, 'status' | 'statusText' | 'ok' | 'url' | 'redirected' | 'type' | 'headers'>;

/**
 * An answer whose body is read to the end. It has the members of a `Response`, and makes the heavy ones (a stream, a Blob) only
 * when somebody asks.
 */
export class BufferedResponse {
  readonly #head: Head;
  readonly #bytes: Uint8Array;
  #used = false;
  #stream: ReadableStream<Uint8Array> | undefined;
  /** How long the server asked to wait, on a 429 or 503 that is handed back. */
  retryAfterMs?: number;

  constructor(head: Head, bytes: Uint8Array) {
    this.#head = head;
    this.#bytes = bytes;
  }

  get status(): number {
    return this.#head.status;
  }

  get statusText(): string {
    return this.#head.statusText;
  }

  get ok(): boolean {
    return this.#head.ok;
  }

  get url(): string {
    return this.#head.url;
  }

  get redirected(): boolean {
    return this.#head.redirected;
  }

  get type(): Response['type'] {
    return this.#head.type;
  }

  get headers(): Headers {
    return this.#head.headers;
  }

  get bodyUsed(): boolean {
    return this.#used;
  }

  get body(): ReadableStream<Uint8Array> | null {
    if (this.#bytes.byteLength === 0) return null;
    this.#stream ??= this.#toStream();
    return this.#stream;
  }

  async text(): Promise<string> {
    return decoder.decode(this.#take());
  }

  async json(): Promise<unknown> {
    return JSON.parse(decoder.decode(this.#take()));
  }

  async bytes(): Promise<Uint8Array> {
    return this.#take();
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    const { buffer, byteOffset, byteLength } = this.#take();
    const isAll = byteLength === buffer.byteLength;
    return (isAll ? buffer : buffer.slice(byteOffset, byteOffset + byteLength)) as ArrayBuffer;
  }

  async blob(): Promise<Blob> {
    return new Blob([this.#take()], { type: this.headers.get('content-type') ?? '' });
  }

  async formData(): Promise<FormData> {
    return new Response(this.#take(), { headers: this.headers }).formData();
  }

  clone(): Response {
    if (this.#used) throw new TypeError('The body has been read');
    return asResponse(new BufferedResponse(this.#head, this.#bytes));
  }

  #take(): Uint8Array {
    if (this.#used || this.#stream?.locked === true) throw new TypeError('The body has been read');
    this.#used = true;
    return this.#bytes;
  }

  #toStream(): ReadableStream<Uint8Array> {
    return new ReadableStream(
      {
        pull: (controller) => {
          this.#used = true;
          controller.enqueue(this.#bytes);
          controller.close();
        },
      },
      { highWaterMark: 0 },
    );
  }
}

/** To a caller it is a Response: same members, same behaviour, no constructor of the platform. */
export function asResponse(response: BufferedResponse): Response {
  return response;
}
