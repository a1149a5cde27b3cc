import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OrkesApiConfig } from '@conductor-ts/client';
import { startConductorServer } from '@conductor-ts/testing';
import { breakThings } from './break-things.ts';

export interface EmbeddedServer extends AsyncDisposable {
  readonly title: string;
  /** What a client needs to reach it. The environment is left out of it: it speaks of another server. */
  readonly clientConfig: OrkesApiConfig;
}

/** Starts a Conductor server in this process: plain HTTP/1.1, or with faults over TLS and HTTP/2. */
export async function startEmbeddedServer({ faults }: { readonly faults: boolean }): Promise<EmbeddedServer> {
  const server = await startConductorServer({ mode: 'orkes', tls: faults, http2: faults });
  const folder = await mkdtemp(join(tmpdir(), 'conductor-demo-'));
  const certificates = faults ? await server.writeCertificates(folder) : undefined;
  const stopBreaking = faults ? breakThings(server) : () => undefined;
  return {
    title: faults
      ? `${server.url} (in this process, over TLS and HTTP/2, with faults)`
      : `${server.url} (in this process)`,
    clientConfig: {
      useEnvVars: false,
      serverUrl: server.url,
      keyId: server.keyId,
      keySecret: server.keySecret,
      tlsCaPath: certificates?.caPath,
      // A 503 of a gateway in trouble: repeated for calls that may be repeated.
      retryServerErrors: faults,
    },
    async [Symbol.asyncDispose]() {
      stopBreaking();
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}
