import { createConductorClient } from '@conductor-ts/client';

await using client = await createConductorClient({ serverUrl: 'http://localhost:8080' });
const { status } = await client.workflow.get({ workflowId: 'w' });
export const done: boolean = status === 'COMPLETED';
