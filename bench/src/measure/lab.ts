import type { ContenderName } from '../contenders/contender-list.ts';
import type { Cores } from '../cores.ts';
import type { Plan } from '../plan.ts';
import { type RunningContender, startContender } from '../start-contender.ts';
import type { Protocol, Responder } from '../start-responder.ts';

/** What every measurement needs. */
export interface Lab {
  readonly plan: Plan;
  readonly cores: Cores | undefined;
  readonly responder: Responder;
}

/** Runs `work` with these contenders, each waiting in its own process (those of a list share one), and ends them. */
export async function withContenders<T>(
  lab: Lab,
  contenders: readonly (ContenderName | readonly ContenderName[])[],
  protocol: Protocol,
  work: (contenders: ReadonlyMap<ContenderName, RunningContender>) => Promise<T>,
  connections?: number,
): Promise<T> {
  const running = new Map<ContenderName, RunningContender>();
  try {
    for (const one of contenders) {
      const names = [one].flat();
      const process = await startContender(names, protocol, lab.responder, lab.cores, connections);
      for (const contender of names)
        running.set(contender, {
          run: (job) => process.run(job.kind === 'stub' ? job : { contender, ...job }),
          stop: () => process.stop(),
        });
    }
    return await work(running);
  } finally {
    await Promise.all([...running.values()].map((contender) => contender.stop()));
  }
}
