/** How the responder works: each request takes `delayMs`, and no more than `slots` are worked on at a time. */
export interface Pace {
  readonly delayMs: number;
  /** Left out: any number. */
  readonly slots?: number;
}

/** Counted since the last question. */
export interface ResponderStats {
  requests: number;
  connections: number;
  /** Summed over all requests: how long each was worked on, by the responder's own clock. */
  workedMs: number;
}

export const IDLE_STATS: Readonly<ResponderStats> = { requests: 0, connections: 0, workedMs: 0 };

/** Each message is answered with the statistics so far, which begin anew. */
export type ToResponder = ({ readonly kind: 'pace' } & Pace) | { readonly kind: 'stats' };

export type FromResponder =
  | { readonly kind: 'ready'; readonly ports: { readonly http: number; readonly https: number }; readonly ca: string }
  | { readonly kind: 'stats'; readonly stats: ResponderStats };
