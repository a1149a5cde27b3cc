import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/** Has V8 collect garbage now: of the young generation, or all of it. */
export const collectGarbage = runInNewContext('gc') as (options?: { readonly type: 'minor' }) => void;
