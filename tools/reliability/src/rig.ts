import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ClientOptions,
  type ConductorClient,
  createConductorClient,
  type OrkesApiConfig,
} from '@conductor-ts/client';
import { type ConductorTestServer, type ServerOptions, startConductorServer } from '@conductor-ts/testing';
import { createTransport, type TransportOptions } from '@conductor-ts/transport';
import { PROTOCOLS, type Protocol } from './protocols.ts';
import { SECRETS, showError, showLine } from './secrets.ts';

export { ALL_PROTOCOLS, type Protocol } from './protocols.ts';

export interface RigOptions {
  readonly config?: OrkesApiConfig | undefined;
  /** Limits of the connections; absent: the transport that the client makes for itself. */
  readonly transport?: TransportOptions | undefined;
  readonly retry?: ClientOptions['retry'];
  readonly tokens?: ClientOptions['tokens'];
  /** Get tokens from the server with the marker key. @default a fixed token */
  readonly keyed?: boolean | undefined;
  /** For an endpoint that is known to fail; any other may need all its time on a busy machine. */
  readonly initialTokenTimeoutMs?: number | undefined;
  /** Called in each backoff, in place of the time that passes. */
  readonly onSleep?: ((nth: number) => void | Promise<void>) | undefined;
}

/** A client whose waits take no time, and what it did. */
export interface Rig extends AsyncDisposable {
  readonly client: ConductorClient;
  /** Milliseconds of each backoff, in order. */
  readonly sleeps: readonly number[];
  readonly lines: readonly string[];
  /** The client's clock. */
  readonly now: () => number;
}

/** The whole client on real sockets, with injected waits and every secret that it could give away. */
export async function openRig(serverUrl: string, options: RigOptions = {}): Promise<Rig> {
  const sleeps: number[] = [];
  const lines: string[] = [];
  let sleptMs = 0;
  const now = (): number => Date.now() + sleptMs;
  const write =
    (level: string) =>
    (message: string, fields?: object): void => {
      const line = `${level} ${message} ${JSON.stringify(fields ?? {})}`;
      lines.push(line);
      showLine(line);
    };
  const logger = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
  const transport =
    options.transport && createTransport({ sensitiveHeaders: ['x-authorization'], logger, ...options.transport });
  const client = await createConductorClient(
    {
      serverUrl,
      useEnvVars: false,
      keyId: SECRETS.keyId,
      keySecret: SECRETS.keySecret,
      refreshTokenInterval: 0,
      logger,
      ...options.config,
    },
    transport?.fetch,
    {
      initialTokenTimeoutMs: options.initialTokenTimeoutMs,
      ...(options.keyed === true ? {} : { tokens: options.tokens ?? fixedTokens() }),
      retry: {
        retryBudget: false,
        now,
        sleep: async (ms) => {
          sleeps.push(ms);
          sleptMs += ms;
          await options.onSleep?.(sleeps.length);
        },
        ...options.retry,
      },
    },
  );
  return {
    client,
    sleeps,
    lines,
    now,
    async [Symbol.asyncDispose]() {
      await client.close({ timeoutMs: 0 });
      await transport?.close({ timeoutMs: 0 });
    },
  };
}

/** One token, and another one after it was refused. */
function fixedTokens(): NonNullable<ClientOptions['tokens']> {
  return { getToken: () => SECRETS.token, refreshToken: () => SECRETS.otherToken };
}

export const WORKFLOW = 'w';

/** A Conductor that knows one workflow. */
export async function startServer(
  protocol: Protocol = 'HTTP/1.1',
  more: ServerOptions = {},
): Promise<ConductorTestServer> {
  const server = await startConductorServer({
    keys: [{ keyId: SECRETS.keyId, keySecret: SECRETS.keySecret }],
    ...PROTOCOLS[protocol].server,
    ...more,
  });
  const tasks = [{ name: 't', taskReferenceName: 't', type: 'SIMPLE' }];
  server.engine.metadata.createWorkflowDef({ name: WORKFLOW, version: 1, timeoutSeconds: 0, tasks });
  return server;
}

/** A rig that trusts the server and speaks the protocol. */
export function rigFor(server: ConductorTestServer, protocol: Protocol, options: RigOptions = {}): Promise<Rig> {
  const tls = PROTOCOLS[protocol].server.tls === true ? { tls: { ca: server.ca } } : {};
  return openRig(server.url, {
    ...options,
    transport: { ...PROTOCOLS[protocol].transport, ...tls, ...options.transport },
  });
}

/** The unsafe call: once too often is one workflow too many. */
export const start = (
  { client }: Rig,
  options?: Parameters<ConductorClient['workflow']['start']>[1],
): Promise<string> => client.workflow.start({ body: { name: WORKFLOW, input: { n: 1 } } }, options);

/** The safe call. */
export const read = (
  { client }: Rig,
  options?: Parameters<ConductorClient['metadata']['getTaskDefs']>[1],
): Promise<unknown> => client.metadata.getTaskDefs({}, options);

/** Longer than anything here takes; what has not settled by then hangs. */
const HANG_MS = 45_000;

/** The error that a call ends with. It must end, and not with success. */
export async function failureOf(call: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  let timer: NodeJS.Timeout | undefined;
  const hang = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the call hangs')), HANG_MS);
  });
  try {
    const value = await Promise.race([call, hang]);
    throw new Error(`the call succeeded with ${JSON.stringify(value)}`);
  } catch (error) {
    showError(error);
    return error as Error & Record<string, unknown>;
  } finally {
    clearTimeout(timer);
  }
}

/** How often this operation arrived. */
export const arrived = (server: ConductorTestServer, operation: string): number =>
  server.counts().byOperation[operation] ?? 0;

/** The starts that the server has received, and those that it has carried out: twice the same start is two. */
export const startsAt = (server: ConductorTestServer): { readonly received: number; readonly applied: number } => ({
  received: arrived(server, 'workflow.start'),
  applied: server.engine.stats().workflowsStarted,
});

/** Waits in whole seconds, without what chance adds. */
export const seconds = (sleeps: readonly number[]): number[] => sleeps.map((ms) => Math.round(ms / 1_000));

/** The server's own pair, for another server that the same clients trust. */
export async function certificatesOf(server: ConductorTestServer): Promise<{ cert: string; key: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'conductor-reliability-'));
  try {
    const { serverCertPath, serverKeyPath } = await server.writeCertificates(folder);
    return { cert: await readFile(serverCertPath, 'utf8'), key: await readFile(serverKeyPath, 'utf8') };
  } finally {
    await rm(folder, { recursive: true });
  }
}
