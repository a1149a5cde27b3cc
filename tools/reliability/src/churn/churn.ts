import { type ConductorClient, createConductorClient } from '@conductor-ts/client';
import { noopLogger } from '@conductor-ts/logger';
import { type ConductorTestServer, startConductorServer } from '@conductor-ts/testing';
import { createTransport, type Transport } from '@conductor-ts/transport';
import { inspect } from 'node:util';
import { PROTOCOLS, type Protocol } from '../protocols.ts';
import { breakServer } from './break-server.ts';
import { runCaller, WORKFLOW } from './caller.ts';
import { seededRandom } from './seeded-random.ts';
import { Tally } from './tally.ts';

export interface ChurnOptions {
  readonly seed: number;
  /** Calls in all, over all protocols. */
  readonly calls: number;
  readonly callers: number;
  /** Ends sooner, when this many have passed. */
  readonly seconds: number;
  /** But not before so many calls, however slow the machine is. @default 0 */
  readonly leastCalls?: number | undefined;
  readonly protocols: readonly Protocol[];
}

export interface ChurnReport {
  readonly calls: number;
  readonly succeeded: number;
  readonly failures: Readonly<Record<string, number>>;
  readonly starts: number;
  readonly acknowledged: number;
  readonly attempts: number;
  readonly tokens: number;
  readonly connections: number;
  readonly seconds: number;
  /** What must not be; a sentence each. */
  readonly violations: readonly string[];
}

/** More than the longest backoff of the token endpoint that a run this long comes to. */
const RECOVERY_MS = 30_000;

interface Front {
  readonly server: ConductorTestServer;
  readonly client: ConductorClient;
  readonly transport: Transport;
}

/** Lets callers call, over one server for each protocol, while the servers break; then holds what they saw against what the servers did. */
export async function churn(options: ChurnOptions): Promise<ChurnReport> {
  const { seed, calls, callers, seconds, leastCalls = 0 } = options;
  const startMs = performance.now();
  const tally = new Tally();
  const fronts = await Promise.all(options.protocols.map((protocol, index) => open(protocol, seed + index)));
  const breaking = fronts.map(({ server }, index) => breakServer(server, seededRandom(seed + 1_000 + index)));
  let made = 0;
  const next = (): boolean => {
    made += 1;
    return made <= calls && (made <= leastCalls || performance.now() - startMs < seconds * 1_000);
  };
  await Promise.all(
    Array.from({ length: callers }, async (_, index) => {
      const front = fronts[index % fronts.length];
      if (front !== undefined)
        await runCaller(`c${index}`, front.client, seededRandom(seed + 2_000 + index), next, tally);
    }),
  );
  await Promise.all(breaking.map((one) => one.stop()));
  const violations = [
    ...tally.unsettled.map((kind) => `a ${kind} did not settle`),
    ...tally.wrong,
    ...tally.unexpected.map((error) => `unexpected: ${inspect(error, { depth: 4 })}`),
    ...againstServers(fronts, tally),
    ...(await afterwards(fronts)),
  ];
  const report: ChurnReport = {
    calls: tally.calls,
    succeeded: tally.succeeded,
    failures: Object.fromEntries([...tally.failures].toSorted(([, a], [, b]) => b - a)),
    starts: sum(fronts, ({ server }) => server.engine.stats().workflowsStarted),
    acknowledged: tally.acknowledged.size,
    attempts: sum(fronts, ({ client }) => client.stats().attempts),
    tokens: sum(fronts, ({ server }) => server.counts().tokensIssued),
    connections: sum(fronts, ({ server }) => server.counts().connectionsOpened),
    seconds: Math.round((performance.now() - startMs) / 100) / 10,
    violations,
  };
  for (const { client, transport, server } of fronts) {
    await client.close({ timeoutMs: 0 });
    await transport.close({ timeoutMs: 0 });
    await server.close();
  }
  return report;
}

async function open(protocol: Protocol, seed: number): Promise<Front> {
  const { server: serverOptions, transport: transportOptions } = PROTOCOLS[protocol];
  const server = await startConductorServer({
    ...serverOptions,
    mode: 'orkes',
    seed,
    maxWorkflows: 1_000_000,
    maxReceived: 100_000,
  });
  const tasks = [{ name: 't', taskReferenceName: 't', type: 'SIMPLE' }];
  server.engine.metadata.createWorkflowDef({ name: WORKFLOW, version: 1, timeoutSeconds: 0, tasks });
  const transport = createTransport({
    ...transportOptions,
    ...(serverOptions.tls === true ? { tls: { ca: server.ca } } : {}),
    connectTimeoutMs: 2_000,
    pingIntervalMs: 200,
    pingTimeoutMs: 200,
    maxHttp1Sockets: 32,
    maxHttp2Sessions: 4,
  });
  const config = {
    serverUrl: server.url,
    useEnvVars: false,
    keyId: server.keyId,
    keySecret: server.keySecret,
    logger: noopLogger,
  };
  // Waits as long as they are, in a hundredth of their time.
  const retry = { initialRetryDelay: 10, random: seededRandom(seed) };
  const client = await createConductorClient(config, transport.fetch, { retry });
  return { server, client, transport };
}

/** The servers' own count: nothing was started twice, and nothing that was confirmed is missing. */
function againstServers(fronts: readonly Front[], tally: Tally): string[] {
  const found: string[] = [];
  const started = new Map<string, number>();
  for (const { server } of fronts) {
    for (const [id, times] of server.engine.stats().startsByCorrelationId)
      started.set(id, (started.get(id) ?? 0) + times);
  }
  for (const [id, times] of started) {
    if (times > 1) found.push(`${id} was started ${times} times: ${inspect(requestsWith(fronts, id), { depth: 4 })}`);
  }
  for (const [correlationId, workflowId] of tally.acknowledged) {
    if (!started.has(correlationId)) found.push(`${correlationId} was confirmed and never started`);
    const holder = fronts.find(({ server }) => holds(server, workflowId, correlationId));
    if (holder === undefined) found.push(`${correlationId} was confirmed as ${workflowId}, which no server has`);
  }
  return found;
}

/** How the servers saw the start with this correlation id. */
function requestsWith(fronts: readonly Front[], correlationId: string): unknown[] {
  return fronts.flatMap(({ server }) =>
    server.received
      .filter(({ body }) => body.includes(`"${correlationId}"`))
      .map(({ atMs, protocol, connection, faults, applied, status, outcome }) => ({
        atMs,
        protocol,
        connection,
        faults,
        applied,
        status,
        outcome,
      })),
  );
}

function holds({ engine }: ConductorTestServer, workflowId: string, correlationId: string): boolean {
  try {
    return engine.workflow.get(workflowId, false).correlationId === correlationId;
  } catch {
    return false;
  }
}

/** When the faults are over everything works again, at once and for all, and nothing is left in flight. */
async function afterwards(fronts: readonly Front[]): Promise<string[]> {
  const found: string[] = [];
  for (const { client } of fronts) {
    const { inFlight, transport } = client.stats();
    if (inFlight !== 0) found.push(`${inFlight} calls are still in flight`);
    const inTransport = transport.origins.reduce((all, origin) => all + origin.inFlight, 0);
    if (inTransport !== 0) found.push(`${inTransport} exchanges are still in flight`);
    await recovered(client);
    // One after the other: twenty handshakes at a time are more than a busy machine makes in the time that a connection has here.
    for (let call = 0; call < 20; call += 1) {
      await client.metadata.getTaskDefs().catch((error: unknown) => found.push(`after all: ${inspect(error)}`));
    }
  }
  return found;
}

/** A token may have been refused just now, with its endpoint in backoff, and a connection may be dead unnoticed. */
async function recovered(client: ConductorClient): Promise<void> {
  const untilMs = performance.now() + RECOVERY_MS;
  while (performance.now() < untilMs) {
    const works = await client.metadata.getTaskDefs({}, { timeoutMs: 3_000 }).then(
      () => true,
      () => false,
    );
    if (works) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

function sum<T>(items: readonly T[], count: (item: T) => number): number {
  return items.reduce((all, item) => all + count(item), 0);
}
