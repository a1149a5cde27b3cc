// Runs in an empty folder where our tarballs are installed, on one Node after the other: a guest that changes
// nothing for the rest of the process, runs a workflow from start to end, and is the same for CommonJS.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const dispatchers = ['undici.globalDispatcher.1', 'undici.globalDispatcher.2'].map((name) => Symbol.for(name));
const before = dispatchers.map((symbol) => globalThis[symbol]);
const fetchBefore = globalThis.fetch;
const require = createRequire(import.meta.url);

for (const name of ['auth', 'config', 'logger', 'retry', 'transport', 'testing', 'client']) {
  const imported = await import(`@conductor-ts/${name}`);
  assert.equal(require(`@conductor-ts/${name}`), imported, `require() gives another ${name}`);
}
const { createConductorClient } = await import('@conductor-ts/client');
const { startConductorServer } = await import('@conductor-ts/testing');

const server = await startConductorServer({ mode: 'orkes', tls: true, http2: true });
const certificates = await server.writeCertificates(import.meta.dirname);
const client = await createConductorClient({
  useEnvVars: false,
  serverUrl: server.url,
  keyId: server.keyId,
  keySecret: server.keySecret,
  tlsCaPath: certificates.caPath,
});
await client.metadata.registerTaskDefs({ body: [{ name: 'step', retryCount: 0 }] });
await client.metadata.registerWorkflowDef({
  body: { name: 'flow', version: 1, tasks: [{ name: 'step', taskReferenceName: 'step', type: 'SIMPLE' }] },
});
const workflowId = await client.workflow.start({ body: { name: 'flow', version: 1, input: {} } });
const task = await client.task.poll({ tasktype: 'step' });
await client.task.update({
  body: { workflowInstanceId: workflowId, taskId: task.taskId, status: 'COMPLETED', outputData: { ok: true } },
});
const workflow = await client.workflow.get({ workflowId });
assert.equal(workflow.status, 'COMPLETED');

await client.close();
await server.close();
assert.deepEqual(
  dispatchers.map((symbol) => globalThis[symbol]),
  before,
  'a global dispatcher was set',
);
assert.equal(globalThis.fetch, fetchBefore, 'the global fetch was replaced');
