/** A list of functions that see every request, response or error, in the order in which they were added. */
export class Interceptors<Interceptor> {
  readonly #list: (Interceptor | undefined)[] = [];

  /** Adds one at the end; the answer is its id. */
  use(interceptor: Interceptor): number {
    return this.#list.push(interceptor) - 1;
  }

  /** Takes one out; ids of the others stay. */
  eject(which: number | Interceptor): void {
    const id = this.#idOf(which);
    if (this.#list[id]) this.#list[id] = undefined;
  }

  /** Puts another in its place; `false` where there is none. */
  update(which: number | Interceptor, interceptor: Interceptor): number | false {
    const id = this.#idOf(which);
    if (!this.#list[id]) return false;
    this.#list[id] = interceptor;
    return id;
  }

  exists(which: number | Interceptor): boolean {
    return this.#list[this.#idOf(which)] !== undefined;
  }

  clear(): void {
    this.#list.length = 0;
  }

  get isEmpty(): boolean {
    return !this.#list.some(Boolean);
  }

  get active(): readonly Interceptor[] {
    return this.#list.filter((interceptor) => interceptor !== undefined);
  }

  #idOf(which: number | Interceptor): number {
    return typeof which === 'number' ? which : this.#list.indexOf(which);
  }
}

type Later<T> = T | Promise<T>;

/** Sees the request of each call before it is sent, once per call and not per attempt; may give another one. May take as long as an attempt. */
export type RequestInterceptor = (request: Request, options: CallDescription) => Later<Request>;
/** Sees the last answer of each call; may give another one. May take as long as an attempt. */
export type ResponseInterceptor = (response: Response, request: Request, options: CallDescription) => Later<Response>;
/** Sees the error of each failed call; what it gives is thrown in its place, unless it takes longer than an attempt may. */
export type ErrorInterceptor = (
  error: unknown,
  response: Response | undefined,
  request: Request | undefined,
  options: CallDescription,
) => Later<unknown>;

/** What an interceptor is told of the call. */
export interface CallDescription {
  readonly operation: string;
  readonly method: string;
  readonly url: string;
}

/** The three lists of a client. They see every call, whichever way it was made. */
export interface ClientInterceptors {
  readonly request: Interceptors<RequestInterceptor>;
  readonly response: Interceptors<ResponseInterceptor>;
  readonly error: Interceptors<ErrorInterceptor>;
}

export function createInterceptors(): ClientInterceptors {
  return { request: new Interceptors(), response: new Interceptors(), error: new Interceptors() };
}
