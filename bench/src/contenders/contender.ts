import type { CallKind } from '../payloads.ts';

/** One way to make the calls. */
export interface Contender {
  /** Makes a call and gives its value: parsed JSON, or the text of an id. */
  call(kind: CallKind): Promise<unknown>;
}

/** `connections`: how many there may be to the server, where the contender can be told. */
export type CreateContender = (url: string, connections: number) => Contender | Promise<Contender>;
