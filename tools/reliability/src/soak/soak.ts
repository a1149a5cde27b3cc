import { createConductorClient } from '@conductor-ts/client';
import { noopLogger } from '@conductor-ts/logger';
import { createTransport } from '@conductor-ts/transport';
import { resources } from '../churn/resources.ts';
import { PROTOCOLS, type Protocol } from '../protocols.ts';

export interface Sample {
  readonly calls: number;
  readonly heapMB: number;
  readonly rssMB: number;
  readonly sockets: number;
}

export interface SoakReport {
  readonly protocol: Protocol;
  readonly calls: number;
  readonly failures: Readonly<Record<string, number>>;
  readonly seconds: number;
  readonly samples: readonly Sample[];
}

/** Call after call, one at a time, against a server that breaks something now and then; what the process holds, ten times on the way. */
export async function soak(protocol: Protocol, url: string, calls: number, seconds: number): Promise<SoakReport> {
  const startMs = performance.now();
  const transport = createTransport(PROTOCOLS[protocol].transport);
  const config = { serverUrl: url, useEnvVars: false, logger: noopLogger };
  const client = await createConductorClient(config, transport.fetch, { retry: { sleep: async () => undefined } });
  const failures: Record<string, number> = {};
  const samples: Sample[] = [];
  const every = Math.ceil(calls / 10);
  let made = 0;
  for (; made < calls && performance.now() - startMs < seconds * 1_000; made += 1) {
    try {
      await client.metadata.getTaskDefs();
    } catch (error) {
      const { code = 'unknown' } = error as { code?: string };
      failures[code] = (failures[code] ?? 0) + 1;
    }
    if ((made + 1) % every === 0) samples.push(await sample(made + 1, transport));
  }
  await client.close();
  await transport.close();
  return { protocol, calls: made, failures, seconds: Math.round((performance.now() - startMs) / 1_000), samples };
}

async function sample(calls: number, transport: ReturnType<typeof createTransport>): Promise<Sample> {
  const { heapMB } = await resources();
  const { origins } = transport.stats();
  return {
    calls,
    heapMB,
    rssMB: Math.round(process.memoryUsage().rss / 1_048_576),
    sockets: origins.reduce((all, { sockets, sessions }) => all + sockets + sessions, 0),
  };
}

/** The heap may not grow by more than a tenth, and a megabyte for what the engine itself does, from the first sample to the last. */
export function violations({ protocol, failures, samples }: SoakReport): string[] {
  const found: string[] = [];
  const [first] = samples;
  const last = samples.at(-1);
  if (first === undefined || last === undefined || samples.length < 2) return [`${protocol}: too few calls to judge`];
  if (last.heapMB > first.heapMB * 1.1 + 1)
    found.push(`${protocol}: the heap grew from ${first.heapMB} to ${last.heapMB} MB`);
  const mostSockets = Math.max(...samples.map(({ sockets }) => sockets));
  if (mostSockets > 2) found.push(`${protocol}: ${mostSockets} connections for one call at a time`);
  for (const [code, times] of Object.entries(failures)) found.push(`${protocol}: ${times} reads failed with ${code}`);
  return found;
}
