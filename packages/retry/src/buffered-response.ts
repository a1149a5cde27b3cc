const decoder = /* @__PURE__ */ new TextDecoder();
const NOTHING = new Uint8Array();

/** The parts of an answer that are known before its body. */
type Head = Pick<Response, 'status' | 'statusText' | 'ok' | 'url' | 'redirected' | 'type' | 'headers'>;

/**
 * An answer whose body is read to the end. It has the members of a `Response`, and makes the heavy ones (a stream, a Blob) only
 * when somebody asks.
 */
export class BufferedResponse {
  readonly #head: Head;
  /** May be part of a larger buffer, which it holds: so it is let go when it is read. */
  #bytes: Uint8Array;
  readonly #isEmpty: boolean;
  #used = false;
  #stream: ReadableStream<Uint8Array> | undefined;
  /** How long the server asked to wait, on a 429 or 503 that is handed back. */
  retryAfterMs?: number;

  constructor(head: Head, bytes: Uint8Array) {
    this.#head = head;
    this.#bytes = bytes;
    this.#isEmpty = bytes.byteLength === 0;
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
    if (this.#isEmpty) return null;
    this.#stream ??= this.#toStream();
    return this.#stream;
  }

  /** For a layer above: what `text` promises, without a promise. */
  viewText(): string {
    return decoder.decode(this.#take());
  }

  async text(): Promise<string> {
    return this.viewText();
  }

  async json(): Promise<unknown> {
    return JSON.parse(this.viewText());
  }

  async bytes(): Promise<Uint8Array> {
    return new Uint8Array(await this.arrayBuffer());
  }

  /** All its own: what surrounds a part of a larger buffer belongs to others. */
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
    const bytes = this.#bytes;
    this.#bytes = NOTHING;
    return bytes;
  }

  #toStream(): ReadableStream<Uint8Array> {
    return new ReadableStream(
      {
        pull: (controller) => {
          this.#used = true;
          controller.enqueue(new Uint8Array(this.#bytes));
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
