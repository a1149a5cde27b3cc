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
  #listeners: Listener[] | undefined;
  #controller: AbortController | undefined;

  addEventListener(_type: 'abort', listener: Listener): void {
    if (this.#listeners === undefined) this.#listeners = [listener];
    else if (!this.#listeners.includes(listener)) this.#listeners.push(listener);
  }

  removeEventListener(_type: 'abort', listener: Listener): void {
    const place = this.#listeners?.indexOf(listener) ?? -1;
    if (place !== -1) this.#listeners?.splice(place, 1);
  }

  abort(reason: unknown = new DOMException('This operation was aborted', 'AbortError')): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    this.#controller?.abort(reason);
    // A copy: they leave while one goes through them.
    for (const listener of this.#listeners?.slice() ?? []) {
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
