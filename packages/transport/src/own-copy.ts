import { ProxyAuthError } from './proxy-auth-error.ts';
import { TransportError } from './transport-error.ts';

/** Every rejected call gets an error object of its own, also where one event ends many: callers add to errors and compare them. */
export function ownCopy(error: TransportError): TransportError {
  const { name: _name, code, permanent: _permanent, ...init } = error;
  const all = error.cause === undefined ? init : { ...init, cause: error.cause };
  return error instanceof ProxyAuthError ? new ProxyAuthError(all) : new TransportError(code, all);
}
