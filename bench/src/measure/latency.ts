import type { ContenderName } from '../contenders/contender-list.ts';
import type { LatencyResult } from '../results.ts';
import { ratioOf, spreadOf } from '../statistics.ts';
import { type Lab, withContenders } from './lab.ts';

const CALLS = 300;
const SERVER_TIME_MS = 30;
/** What 300 calls need where the server allows 100 on each connection. */
const CONNECTIONS = 3;

/** Many calls at once to a server that takes its time, over HTTP/2: are the connections there when they are needed, and no others? */
export async function measureLatency(lab: Lab): Promise<LatencyResult> {
  const { responder, plan } = lab;
  const names = ['groups', 'dispatch'] as const;
  const wall: Record<(typeof names)[number], number[]> = { groups: [], dispatch: [] };
  const connections: Partial<Record<ContenderName, number>> = {};
  for (let round = 0; round < plan.latencyRounds; round += 1) {
    // New processes each round: connections are opened within the measurement only once.
    await withContenders(
      lab,
      names,
      'h2',
      async (contenders) => {
        await responder.setPace({ delayMs: SERVER_TIME_MS });
        for (const name of names) {
          const job = { kind: 'load', call: 'get', calls: CALLS, inFlight: CALLS } as const;
          await responder.takeStats();
          await contenders.get(name)?.run(job);
          const opened = await responder.takeStats();
          const { wallMs } = (await contenders.get(name)?.run({ ...job, calls: CALLS * 5 })) ?? { wallMs: Number.NaN };
          wall[name].push(wallMs / 5);
          // Our client has opened its first one before, for its token.
          const later = (await responder.takeStats()).connections;
          connections[name] = opened.connections + later + (name === 'groups' ? 1 : 0);
        }
        await responder.setPace({ delayMs: 0 });
      },
      CONNECTIONS,
    );
  }
  return {
    oursMs: spreadOf(wall.groups),
    dispatchMs: spreadOf(wall.dispatch),
    ratio: ratioOf(wall.groups, wall.dispatch),
    ourConnections: connections.groups ?? Number.NaN,
    dispatchConnections: connections.dispatch ?? Number.NaN,
  };
}
