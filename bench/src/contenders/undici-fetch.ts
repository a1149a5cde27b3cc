import { fetch } from 'undici';
import { createAgent } from './bare-dispatch.ts';
import type { Contender } from './contender.ts';
import { overFetch } from './over-fetch.ts';

export function undiciFetch(url: string, connections: number): Contender {
  const dispatcher = createAgent(url, connections);
  return overFetch(url, (input, init) => fetch(input, { ...init, dispatcher }));
}
