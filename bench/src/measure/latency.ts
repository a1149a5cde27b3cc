import type { ContenderName } from '../contenders/contender-list.ts';
import type { LatencyResult } from '../results.ts';
import type { RunningContender } from '../start-contender.ts';
import { ratioOf, spreadOf } from '../statistics.ts';
import { type Lab, withContenders } from './lab.ts';

const CALLS = 300;
const SERVER_TIME_MS = 30;
/** What 300 calls need where the server allows 100 on each connection. */
const CONNECTIONS = 3;

/** How often a new process makes them all before it is measured: code that is still being compiled would be seen first of all. */
const WARM_UPS = 20;

/** Many calls at once to a server that takes its time, over HTTP/2: are the connections there when they are needed, and no others? */
export async function measureLatency(lab: Lab): Promise<LatencyResult> {
  const { responder, plan } = lab;
  const names = ['groups', 'dispatch'] as const;
  const job = { kind: 'load', call: 'get', calls: CALLS, inFlight: CALLS } as const;
  const wall: Record<(typeof names)[number], number[]> = { groups: [], dispatch: [] };
  const connections: Partial<Record<ContenderName, number>> = {};
  const measure = async (contenders: ReadonlyMap<ContenderName, RunningContender>): Promise<void> => {
    await responder.setPace({ delayMs: SERVER_TIME_MS });
    for (const name of names) {
      await responder.takeStats();
      for (let time = 0; time < WARM_UPS; time += 1) await contenders.get(name)?.run(job);
      const opened = await responder.takeStats();
      // Our client has opened its first one before, for its token.
      connections[name] = opened.connections + (name === 'groups' ? 1 : 0);
    }
    for (let round = 0; round < plan.latencyRounds; round += 1) {
      for (const name of names) wall[name].push((await contenders.get(name)?.run(job))?.wallMs ?? Number.NaN);
    }
    await responder.setPace({ delayMs: 0 });
  };
  await withContenders(lab, names, 'h2', measure, CONNECTIONS);
  return {
    oursMs: spreadOf(wall.groups),
    dispatchMs: spreadOf(wall.dispatch),
    ratio: ratioOf(wall.groups, wall.dispatch),
    ourConnections: connections.groups ?? Number.NaN,
    dispatchConnections: connections.dispatch ?? Number.NaN,
  };
}
