import { Child } from './child-process.ts';
import type { ContenderName } from './contenders/contender-list.ts';
import type { Cores } from './cores.ts';
import type { Job, JobResult } from './jobs.ts';
import type { Protocol, Responder } from './start-responder.ts';

/** As many as our client may open by default, for everybody who can be told. */
export const CONNECTIONS: Readonly<Record<Protocol, number>> = { h1: 100, h2: 10 };

/** Contenders that wait in their process for something to do. */
export interface RunningContender {
  run(job: Job): Promise<JobResult>;
  stop(): Promise<void>;
}

export async function startContender(
  names: readonly ContenderName[],
  protocol: Protocol,
  responder: Responder,
  cores: Cores | undefined,
  connections: number = CONNECTIONS[protocol],
): Promise<RunningContender> {
  const args = [names.join(), responder.urls[protocol], String(connections)];
  const child = new Child<Job, JobResult>('contender-child.js', args, cores?.client, responder.env);
  await child.next();
  return { run: (job) => child.ask(job), stop: () => child.stop() };
}
