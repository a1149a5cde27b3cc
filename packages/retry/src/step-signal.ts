type Listener = (() => void) | { handleEvent(): void };

/**
 * What the fetch below hears an abort from, for one attempt: the members of an AbortSignal that a fetch needs, and no event machinery
 * behind them. That of the platform costs a call more than all the rest of this package, and most calls are never aborted. A fetch that
 * is content with it, and rejects with the signal's reason as soon as that is aborted, says so by the member `takesLightSignal`; it may set `unsent`.
 */
export class StepSignal {
  aborted = false;
  reason: unknown = undefined;
  /** Set by the fetch below in the moment of the abort: nothing of this request was sent. */
  unsent = false;
  /** Most often there is one, and it needs no list. */
  #listener: Listener | undefined;
  #others: Listener[] | undefined;
  #controller: AbortController | undefined;

  addEventListener(_type: 'abort', listener: Listener): void {
    if (this.#listener === listener || this.#others?.includes(listener)) return;
    if (this.#listener === undefined) this.#listener = listener;
    else (this.#others ??= []).push(listener);
  }

  removeEventListener(_type: 'abort', listener: Listener): void {
    if (this.#listener === listener) this.#listener = this.#others?.shift();
    else this.#others = this.#others?.filter((other) => other !== listener);
  }

  abort(reason: unknown = new DOMException('This operation was aborted', 'AbortError')): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    this.#controller?.abort(reason);
    // A copy: they leave while one goes through them.
    for (const listener of this.#listener === undefined ? [] : [this.#listener, ...(this.#others ?? [])]) {
      if (typeof listener === 'function') listener();
      else listener.handleEvent();
    }
  }

  /** The platform's, for everybody else; the same one each time. */
  get real(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.aborted) this.#controller.abort(this.reason);
    }
    return this.#controller.signal;
  }
}

/** To a fetch that is content with it, it is an AbortSignal. */
export function asAbortSignal(signal: StepSignal): AbortSignal {
  return signal as unknown as AbortSignal;
}

export function takesLightSignal(fetch: object): boolean {
  return 'takesLightSignal' in fetch && fetch.takesLightSignal === true;
}
