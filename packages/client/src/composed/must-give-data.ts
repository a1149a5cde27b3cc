import type { AnyCallOptions } from '../runtime/caller.ts';
import { refusal } from '../runtime/refusal.ts';

/** A method that is made of several calls looks into the data of each: in another form it would find none, and call for ever. */
export function mustGiveData(name: string, options: AnyCallOptions | undefined): void {
  const other =
    options?.withResponse === true ? 'withResponse' : options?.throwOnError === false ? 'throwOnError' : undefined;
  if (other === undefined) return;
  throw refusal({ name }, other, 'this method has no such option', 'leave it out: it gives data, or rejects.');
}
