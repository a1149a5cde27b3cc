import { createTokenManager } from '@conductor-ts/auth';
import { ConductorApiError, createConductorClient, type Task, type Workflow, workflowGet } from '@conductor-ts/client';
import { resolveOrkesConfig } from '@conductor-ts/config';
import { DefaultLogger } from '@conductor-ts/logger';
import { wrapFetchWithRetry } from '@conductor-ts/retry';
import { startConductorServer } from '@conductor-ts/testing';
import { createTransport } from '@conductor-ts/transport';

const transport = createTransport({ http2: 'off' });
const config = resolveOrkesConfig({ serverUrl: 'http://localhost:8080', logger: new DefaultLogger() });
const retrying = wrapFetchWithRetry(transport.fetch, { ...config.retry });
const tokens = createTokenManager({ fetch: retrying, serverUrl: config.serverUrl, keyId: 'a', keySecret: 'b' });
export const token: string | undefined | Promise<string | undefined> = tokens.getToken();

await using server = await startConductorServer({ mode: 'orkes' });
await using client = await createConductorClient({ serverUrl: server.url }, fetch, { tokens });
const workflowId: string = await client.workflow.start({ body: { name: 'order', input: { total: 7 } } });
const workflow: Workflow = await client.workflow.get({ workflowId }, { timeoutMs: 1_000 });
const task: Task | undefined = await client.task.poll({ tasktype: 'pay' });
export const known: readonly (string | undefined)[] = [workflow.status, task?.taskId];
try {
  await workflowGet(client, { workflowId });
} catch (error) {
  if (!(error instanceof ConductorApiError)) throw error;
  const status: number = error.status;
  process.exitCode = status === 404 ? 0 : 1;
}
