// Goes through every hit of a search, page by page behind the scenes.
import { randomUUID } from 'node:crypto';
import { createConductorClient } from '@conductor-ts/client';

await using client = await createConductorClient();
const tasks = [{ name: 'note', taskReferenceName: 'note', type: 'SET_VARIABLE', inputParameters: { seen: true } }];
const name = 'found_by_search';
await client.metadata.registerWorkflowDef({
  overwrite: true,
  body: { name, ownerEmail: 'you@example.com', timeoutSeconds: 60, tasks },
});
const correlationId = randomUUID();
for (let count = 0; count < 5; count += 1) await client.workflow.start({ body: { name, correlationId } });

let completed = 0;
const hits = client.workflow.searchAll({
  query: `correlationId IN (${correlationId})`,
  sort: 'startTime:ASC',
  size: 2,
});
for await (const hit of hits) if (hit.status === 'COMPLETED') completed += 1;
console.log(`${completed} of 5 completed`);
