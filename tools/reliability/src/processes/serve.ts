/** A Conductor in a process of its own, so that it can be stopped. Told what to be by its first argument; each message is answered with how often each correlation id was started. */
import { PROTOCOLS, type Protocol } from '../protocols.ts';
import { startConductorServer } from '@conductor-ts/testing';

const server = await startConductorServer(PROTOCOLS[process.argv[2] as Protocol].server);
const tasks = [{ name: 't', taskReferenceName: 't', type: 'SIMPLE' }];
server.engine.metadata.createWorkflowDef({ name: 'w', version: 1, timeoutSeconds: 0, tasks });
process.on('message', ({ id }: { id: number }) => {
  process.send?.({ id, answer: [...server.engine.stats().startsByCorrelationId] });
});
process.on('disconnect', () => process.exit());
process.send?.({ url: server.url, ca: server.url.startsWith('https:') ? server.ca : '' });
