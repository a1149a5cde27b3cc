import { brandOf } from './brand.ts';

/**
 * What a fetch of the user's rejects with may hold the whole request, its token included: where it does, a copy without it takes its
 * place. Errors of the packages hold none, and below those of the transport there are Node's alone.
 */
export function scrubCauses(error: unknown, scrub: (foreign: unknown) => unknown): unknown {
  const brands = brandOf(error);
  if (brands === undefined) return scrub(error);
  const { cause } = error as { readonly cause?: unknown };
  if (cause === undefined || brands.includes('TransportError')) return error;
  const clean = scrubCauses(cause, scrub);
  if (clean !== cause) Reflect.defineProperty(error as object, 'cause', { value: clean });
  return error;
}
