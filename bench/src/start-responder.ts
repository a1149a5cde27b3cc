import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child } from './child-process.ts';
import type { Cores } from './cores.ts';
import type { FromResponder, Pace, ResponderStats, ToResponder } from './responder-messages.ts';

export type Protocol = 'h1' | 'h2';

export const PROTOCOLS: readonly Protocol[] = ['h1', 'h2'];

export interface Responder {
  /** HTTP/1.1 in clear text, HTTP/2 over TLS. */
  readonly urls: Readonly<Record<Protocol, string>>;
  /** Makes a child process trust the responder's certificate. */
  readonly env: Readonly<Record<string, string>>;
  /** Sets the pace, and begins to count anew. */
  setPace(pace: Pace): Promise<void>;
  /** What was counted since the last of these calls. */
  takeStats(): Promise<ResponderStats>;
  stop(): Promise<void>;
}

export async function startResponder(cores: Cores | undefined): Promise<Responder> {
  const child = new Child<ToResponder, FromResponder>('responder.js', [], cores?.responder, {});
  const ready = await child.next();
  if (ready.kind !== 'ready') throw new Error('The responder did not start');
  const folder = mkdtempSync(join(tmpdir(), 'conductor-ts-bench-'));
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, ready.ca);
  const ask = async (question: ToResponder): Promise<ResponderStats> => {
    const answer = await child.ask(question);
    if (answer.kind !== 'stats') throw new Error('The responder gave another answer');
    return answer.stats;
  };
  return {
    urls: { h1: `http://127.0.0.1:${ready.ports.http}`, h2: `https://127.0.0.1:${ready.ports.https}` },
    env: { NODE_EXTRA_CA_CERTS: caFile },
    setPace: async (pace) => void (await ask({ kind: 'pace', ...pace })),
    takeStats: () => ask({ kind: 'stats' }),
    async stop() {
      await child.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
