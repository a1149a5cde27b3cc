/** A client in a process of its own, so that it can be stopped. Each message is a correlation id to start with; the answer tells what became of it. */
import { createConductorClient } from '@conductor-ts/client';
import { noopLogger } from '@conductor-ts/logger';
import { createTransport } from '@conductor-ts/transport';
import { PROTOCOLS, type Protocol } from '../protocols.ts';

const { url, ca, protocol, keepAliveTimeoutMs } = JSON.parse(process.argv[2] ?? '') as {
  readonly url: string;
  readonly ca: string;
  readonly protocol: Protocol;
  readonly keepAliveTimeoutMs: number;
};
const tls = PROTOCOLS[protocol].server.tls === true ? { tls: { ca } } : {};
const transport = createTransport({
  ...PROTOCOLS[protocol].transport,
  ...tls,
  keepAliveTimeoutMs,
  pingIntervalMs: 500,
  pingTimeoutMs: 500,
});
const config = { serverUrl: url, useEnvVars: false, logger: noopLogger };
const client = await createConductorClient(config, transport.fetch);
process.on('message', ({ id, question }: { id: number; question: string }) => {
  client.workflow.start({ body: { name: 'w', correlationId: question } }, { timeoutMs: 15_000 }).then(
    () => process.send?.({ id, answer: 'done' }),
    (error: { code: string }) => process.send?.({ id, answer: error.code }),
  );
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
