// Where a package that imports this one is type-checked against these sources, the declarations come along.
// oxlint-disable-next-line typescript/triple-slash-reference -- an ambient declaration cannot be imported
/// <reference path="./undici-deep-imports.d.ts" />
import type symbols from 'undici/lib/core/symbols.js';
import type Pool from 'undici/lib/dispatcher/pool.js';

/** What this package uses of undici. */
export interface UndiciParts {
  readonly Pool: typeof Pool;
  readonly symbols: typeof symbols;
}

let loading: Promise<UndiciParts> | undefined;
let loaded: UndiciParts | undefined;

/**
 * undici comes with the first call over HTTP/1.1, for the life of the process: it is most of what importing this package
 * would cost, and of no use to a program whose servers speak HTTP/2.
 */
export function loadUndici(): Promise<UndiciParts> {
  return (loading ??= importParts());
}

/** The same for those who do not want to wait where nothing is to be waited for. */
export function undiciIfLoaded(): UndiciParts | undefined {
  return loaded;
}

async function importParts(): Promise<UndiciParts> {
  const [pool, core] = await Promise.all([
    import('undici/lib/dispatcher/pool.js'),
    import('undici/lib/core/symbols.js'),
  ]);
  return (loaded = { Pool: pool.default, symbols: core.default });
}
