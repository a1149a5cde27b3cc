import { createTokenManager } from '@conductor-ts/auth';
import { ConductorApiError, createConductorClient, type Workflow, workflowGet } from '@conductor-ts/client';
import { resolveOrkesConfig } from '@conductor-ts/config';
import { DefaultLogger } from '@conductor-ts/logger';
import { wrapFetchWithRetry } from '@conductor-ts/retry';
import { startConductorServer } from '@conductor-ts/testing';
import { createTransport } from '@conductor-ts/transport';

export async function use(): Promise<Workflow | undefined> {
  const { serverUrl } = resolveOrkesConfig({ logger: new DefaultLogger() });
  const fetch = wrapFetchWithRetry(createTransport().fetch);
  createTokenManager({ fetch, serverUrl, keyId: 'a', keySecret: 'b' }).stopBackgroundRefresh();
  const server = await startConductorServer();
  const client = await createConductorClient({ serverUrl: server.url });
  try {
    return await workflowGet(client, { workflowId: 'w' });
  } catch (error) {
    if (error instanceof ConductorApiError && error.isNotFound()) return undefined;
    throw error;
  }
}
