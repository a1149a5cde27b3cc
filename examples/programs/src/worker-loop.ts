// A worker by hand: polls, works, reports. It ends when its executions are done, or on Ctrl+C.
import { createConductorClient, type Task } from '@conductor-ts/client';

await using client = await createConductorClient();
const tasks = [
  { name: 'double_it', taskReferenceName: 'd', type: 'SIMPLE', inputParameters: { n: '${workflow.input.n}' } },
];
const workflow = { name: 'doubling', ownerEmail: 'you@example.com', timeoutSeconds: 60, tasks };
await client.metadata.registerTaskDefs({
  body: [{ name: 'double_it', ownerEmail: 'you@example.com', retryCount: 2, retryDelaySeconds: 1 }],
});
await client.metadata.registerWorkflowDef({ overwrite: true, body: workflow });

const open = new Set<string>();
for (const n of [1, 2, 3]) open.add(await client.workflow.start({ body: { name: 'doubling', input: { n } } }));

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
// A poll is never aborted: the server would hand its tasks to nobody. It ends by itself within its `timeout`.
while (!stop.signal.aborted && open.size > 0) {
  const polled = await client.task.pollReady<{ n: number }>({ tasktype: 'double_it', count: 10, timeout: 1_000 });
  await Promise.all(polled.map(work));
}
console.log('done');

async function work(task: Task): Promise<void> {
  const { taskId, workflowInstanceId, inputData } = task;
  const report = { taskId, workflowInstanceId };
  const n = inputData['n'];
  const body =
    typeof n === 'number'
      ? { ...report, status: 'COMPLETED', outputData: { doubled: 2 * n } }
      : { ...report, status: 'FAILED', reasonForIncompletion: 'n is no number' };
  // Survives a restart of the server: four attempts within a minute.
  await client.task.updateWithRetry({ body });
  open.delete(workflowInstanceId);
}
