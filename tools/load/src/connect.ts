import { createConductorClient, noopLogger, type ConductorClient } from '@conductor-ts/client';
import { createTransport, type TransportStats } from '@conductor-ts/transport';
import { startNginx } from './start-nginx.ts';
import type { Variant } from './variant.ts';

/** A client on its way to the server, as one variant wants it. */
export interface Connection extends AsyncDisposable {
  readonly client: ConductorClient;
  transportStats(): TransportStats;
  /** Of the front, where there is one. */
  reloads(): number;
}

const SETTINGS = { useEnvVars: false, logger: noopLogger } as const;

export async function connect(variant: Variant, serverUrl: string): Promise<Connection> {
  const connection = await open(variant, serverUrl);
  if (!variant.compressed) connection.client.setConfig({ headers: { 'accept-encoding': 'identity' } });
  return connection;
}

async function open({ via }: Variant, serverUrl: string): Promise<Connection> {
  switch (via) {
    case 'http1': {
      const client = await createConductorClient({ ...SETTINGS, serverUrl });
      return connectionOf(client, () => client.stats().transport, []);
    }
    case 'http2': {
      const transport = createTransport({ http2: 'prior-knowledge' });
      const client = await createConductorClient({ ...SETTINGS, serverUrl }, transport.fetch);
      return connectionOf(client, () => transport.stats(), [transport]);
    }
    case 'nginx': {
      const front = await startNginx(serverUrl);
      const client = await createConductorClient({ ...SETTINGS, serverUrl: front.url, tlsCaPath: front.caPath });
      return { ...connectionOf(client, () => client.stats().transport, [front]), reloads: () => front.reloads };
    }
  }
}

function connectionOf(
  client: ConductorClient,
  transportStats: () => TransportStats,
  below: readonly { close(): Promise<void> }[],
): Connection {
  return {
    client,
    transportStats,
    reloads: () => 0,
    async [Symbol.asyncDispose]() {
      await client.close();
      for (const layer of below) await layer.close();
    },
  };
}
