import type { LoadOptions } from './command-line.ts';

/** One way to reach the server, and what happens meanwhile. */
export interface Variant {
  readonly title: string;
  readonly starts: number;
  readonly inFlight: number;
  readonly via: 'http1' | 'http2' | 'nginx';
  /** Whether the client takes compressed answers. */
  readonly compressed: boolean;
  readonly kill: boolean;
  /** Without any progress for so long, in milliseconds, the server is helped along; it would get there by itself. @default never */
  readonly helpAfterMs?: number | undefined;
}

const WAYS: Readonly<Record<Variant['via'], string>> = {
  http1: 'HTTP/1.1',
  http2: 'HTTP/2 by prior knowledge',
  nginx: 'TLS and HTTP/2 by nginx, reloaded every 2 s',
};

export function variantOf({ starts, inFlight, kill, http2, compression, nginx }: LoadOptions): Variant {
  const via = nginx ? 'nginx' : http2 ? 'http2' : 'http1';
  return { title: titleOf(via, compression, kill), starts, inFlight, via, compressed: compression, kill };
}

/** Each variant once, small enough for CI. The last one kills the server. */
export const SHORT_VARIANTS: readonly Variant[] = (
  [
    ['http1', false, false],
    ['http1', true, false],
    ['http2', true, false],
    ['nginx', true, false],
    ['http1', false, true],
  ] as const
).map(([via, compressed, kill]) => ({
  title: titleOf(via, compressed, kill),
  starts: 100,
  inFlight: 64,
  via,
  compressed,
  kill,
  // After a kill the server would take up to two minutes for what it was at.
  helpAfterMs: kill ? 2_500 : undefined,
}));

function titleOf(via: Variant['via'], compressed: boolean, kill: boolean): string {
  return [WAYS[via], ...(compressed ? ['compressed answers'] : []), ...(kill ? ['killed in the middle'] : [])].join(
    ', ',
  );
}
