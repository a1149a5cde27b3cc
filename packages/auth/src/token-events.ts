import type { MintFailure } from './mint-failure.ts';

/** `oss`: the server has no token endpoint. `orkes`: it has one. `unknown`: not asked yet, or the token came from a function. */
export type ServerMode = 'unknown' | 'oss' | 'orkes';

/** Someone wants a token. `waited`: this caller has already waited for an attempt. */
export interface Asked {
  readonly type: 'asked';
  readonly deadlineMs: number;
  readonly waited: boolean;
}
/** The server refused `token`. */
export interface Rejected {
  readonly type: 'rejected';
  readonly token: string;
  readonly waited: boolean;
}
/** A token arrived. `lifeMs` of 0 or less: it has expired already. */
export interface Minted {
  readonly type: 'minted';
  readonly token: string;
  readonly lifeMs: number;
  readonly refreshAfterMs: number;
  readonly mode: ServerMode;
}
export type TokenEvent =
  | Asked
  | Rejected
  | Minted
  | { readonly type: 'tick' }
  | { readonly type: 'failed'; readonly failure: MintFailure }
  | { readonly type: 'abandoned' };

/** What the caller that asked is to be told, or to do before it asks again. */
export type Answer =
  | { readonly do: 'give'; readonly token: string | undefined }
  | { readonly do: 'refuse'; readonly failure: MintFailure; readonly failures: number }
  | { readonly do: 'await-mint' }
  | { readonly do: 'sleep'; readonly untilMs: number };

/** A change of state that a human wants to know. */
export interface Report {
  readonly do: 'report';
  readonly what: 'minted' | 'no-endpoint' | 'failing' | 'still-failing' | 'failed-again' | 'recovered';
  readonly failures: number;
  readonly sinceMs: number;
  readonly failure?: MintFailure | undefined;
}
export type TokenEffect = Answer | Report | { readonly do: 'mint' };
