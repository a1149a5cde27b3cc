import type { TlsOptions } from 'node:tls';
import { type TestCertificates, testCertificates } from '../certificates/test-certificates.ts';
import type { Engine } from '../engine/engine-api.ts';
import { createEngine } from '../engine/engine.ts';
import { actOnEvent } from '../events/act-on-event.ts';
import { EventHandlers } from '../events/event-handlers.ts';
import { FaultSwitches } from '../faults/fault-switches.ts';
import { seededRandom } from '../faults/seeded-random.ts';
import { Scheduler } from '../scheduler/scheduler.ts';
import { ConductorTestServer } from './conductor-test-server.ts';
import { Listener } from './listener.ts';
import { ReceivedLog } from './received-log.ts';
import { operationNames, routeTable } from './route-table.ts';
import { Router } from './router.ts';
import { type ExchangeHost, serveExchange } from './serve-exchange.ts';
import { type ServerOptions, type ServerSettings, resolveServerOptions } from './server-options.ts';
import { TokenStore } from './token-store.ts';
import type { Wire } from './wire.ts';

/** Starts a Conductor server in this process; it listens when the promise resolves. */
export async function startConductorServer(options: ServerOptions = {}): Promise<ConductorTestServer> {
  const settings = resolveServerOptions(options);
  const { clock, mode, maxWorkflows, basePath, maxBodyBytes } = settings;
  const certificates = settings.tls === false ? undefined : await certificatesFor(settings);

  const closing = new AbortController();
  const eventHandlers = new EventHandlers();
  const engine: Engine = createEngine({
    clock,
    mode,
    maxWorkflows,
    onEvent(name, payload) {
      const act = (): void => actOnEvent(engine, eventHandlers.listFor(name, true), { name, payload });
      clock.setTimer(() => closing.signal.aborted || act(), EVENT_DELAY_MS);
    },
  });
  const scheduler = new Scheduler({ clock, start: (request) => engine.workflow.start(request) });
  closing.signal.addEventListener('abort', () => scheduler.close());
  const tokens = new TokenStore({ clock, keys: settings.keys, ttlMs: settings.tokenTtlMs });
  const log = new ReceivedLog(settings.maxReceived);
  const count = { applied: 0 };
  const faults: FaultSwitches = new FaultSwitches({
    tokens,
    random: seededRandom(settings.seed),
    operations: operationNames,
    connections: () => listener.connections,
    limitStreams: (limit) => listener.limitStreams(limit),
    stopListening: () => listener.stopListening(),
    listenAgain: () => listener.listen(),
  });
  const host: ExchangeHost = {
    router: new Router(routeTable(mode, settings.responder)),
    context: { engine, scheduler, eventHandlers, tokens, clock, mode, closing: closing.signal },
    faults,
    log,
    clock,
    basePath,
    container: settings.responder !== 'all',
    maxBodyBytes,
    count,
  };
  const listener: Listener = new Listener({
    host: settings.host,
    port: settings.port,
    http2: settings.http2,
    tls: certificates && tlsOptions(certificates, settings.mtls),
    maxConcurrentStreams: settings.maxConcurrentStreams,
    maxHeaderBytes: MAX_HEADER_BYTES,
    keepAliveTimeoutMs: settings.keepAliveTimeoutMs,
    unref: settings.unref,
    serve: (wire) => void serveOnConnection(wire, host, settings),
    strikeConnection: () => faults.strikeConnection(),
  });
  await listener.listen();
  return new ConductorTestServer({ settings, engine, tokens, faults, log, listener, certificates, count, closing });
}

/** How long after an event its handlers act. The real server looks every 100 ms, and takes up to a minute to notice a new handler. */
const EVENT_DELAY_MS = 20;

/** The servlet container's limit for the request line and all headers together. */
const MAX_HEADER_BYTES = 8_192;

/** Keeps the books of a connection around one exchange: how many run, how many it may serve, when it is idle for too long. */
async function serveOnConnection(wire: Wire, host: ExchangeHost, settings: ServerSettings): Promise<void> {
  const { connection } = wire;
  const isHttp1 = wire.protocol === 'HTTP/1.1';
  connection.begin();
  if (isHttp1 && connection.requests === settings.maxRequestsPerConnection) connection.closesAfterAnswer = true;
  try {
    await serveExchange(wire, host);
  } catch {
    // Not the fault of the test that uses this server: its process must not end by it.
    connection.reset();
  }
  connection.end();
  if (!connection.isIdle) return;
  if (connection.closesAfterAnswer && !isHttp1) connection.retire();
  else if (settings.keepAliveTimeoutMs > 0) connection.closeWhenIdleFor(settings.keepAliveTimeoutMs, settings.clock);
}

function certificatesFor({ tls }: ServerSettings): Promise<TestCertificates> {
  return testCertificates(typeof tls === 'object' ? tls : {});
}

const tlsOptions = ({ ca, server }: TestCertificates, mtls: boolean): TlsOptions => ({
  cert: server.cert,
  key: server.key,
  // Only where clients are checked: with it Node would also send the authority along.
  ...(mtls && { ca }),
  requestCert: mtls,
  rejectUnauthorized: mtls,
});
