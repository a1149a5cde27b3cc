import { isInstanceByBrand } from './brand.ts';
import { ConductorSdkError } from './conductor-sdk-error.ts';

/** The client was closed: before the call, or while it was in flight for longer than `close` was told to wait. */
export class ClientClosedError extends ConductorSdkError {
  /** True where the request was on its way: the server may have processed it. */
  readonly mayHaveBeenProcessed: boolean;
  readonly operation: string;

  constructor(operation: string, inFlight: boolean) {
    super(`${operation} failed: the client ${inFlight ? 'was closed during the call' : 'is closed'}`, undefined, {
      code: 'CLIENT_CLOSED',
      hint: inFlight
        ? 'Give close({ timeoutMs }) more time, or end the calls before.'
        : 'Close it after the last call, or create another one. Under `await using`, write `return await`.',
      brands: ['ClientClosedError', 'ConductorSdkError'],
    });
    this.mayHaveBeenProcessed = inFlight;
    this.operation = operation;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isInstanceByBrand(this, ClientClosedError, 'ClientClosedError', value);
  }
}
