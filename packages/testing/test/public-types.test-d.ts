// Checked by the compiler only: what users write must type-check, and what would fail at run time must not.
import {
  type ConductorTestServer,
  createEngine,
  type Engine,
  ManualClock,
  type ReceivedRequest,
  type ServerCounts,
  type ServerOptions,
  startConductorServer,
  type Workflow,
} from '../src/index.ts';

export const options: ServerOptions = {
  mode: 'orkes',
  http2: true,
  tls: true,
  mtls: undefined,
  keys: [{ keyId: 'a', keySecret: 'b' }],
  clock: new ManualClock(),
  responder: 'rest',
};

export async function useIt(): Promise<void> {
  await using server: ConductorTestServer = await startConductorServer(options);
  const address: [string, string, string] = [server.url, server.keyId, server.keySecret];
  const counts: ServerCounts = server.counts();
  const received: readonly ReceivedRequest[] = server.received;
  const rule = server.faults.answer(503, { path: '/api/workflow', times: 2, headers: { 'retry-after': '1' } });
  rule.remove();
  server.faults.delay(50, { path: '/api' });
  const { caPath } = await server.writeCertificates('/tmp');
  void [address, counts.byOperation['workflow.start'], received, caPath satisfies string];
}

export const engine: Engine = createEngine({});
export declare const workflow: Workflow;
export const status: string = workflow.status;

// @ts-expect-error a misspelt option
void startConductorServer({ mode: 'oss', ports: 1 });
// @ts-expect-error there are two families
void startConductorServer({ mode: 'netflix' });
