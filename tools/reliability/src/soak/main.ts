/** `pnpm soak [--calls N] [--seconds N] [--protocol NAME]`: a million calls in sequence over HTTP/1.1, then over HTTP/2, and whether the heap stays flat. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Protocol } from '../protocols.ts';
import { soak, violations } from './soak.ts';

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '1000000' },
    // Of one protocol.
    seconds: { type: 'string', default: '3600' },
    // One of them only.
    protocol: { type: 'string' },
  },
});
const troubles: string[] = [];
process.on('uncaughtException', (error) => troubles.push(`uncaught: ${String(error.stack)}`));
process.on('warning', (warning) => troubles.push(`warning: ${warning.message}`));

const both: Protocol[] = ['HTTP/1.1', 'HTTP/2 in the clear'];
for (const protocol of both.filter((one) => values.protocol === undefined || values.protocol === one)) {
  const responder = fork(fileURLToPath(new URL('responder.ts', import.meta.url)), [protocol], { execArgv: [] });
  // oxlint-disable no-await-in-loop -- one after the other: each is measured alone
  const [{ url }] = (await once(responder, 'message')) as [{ url: string }];
  const report = await soak(protocol, url, Number(values.calls), Number(values.seconds));
  // oxlint-enable no-await-in-loop
  responder.kill();
  process.stdout.write(`${JSON.stringify({ ...report, samples: undefined })}\n`);
  for (const { calls, heapMB, rssMB, sockets } of report.samples)
    process.stdout.write(
      `${String(calls).padStart(9)} calls  heap ${heapMB} MB  rss ${rssMB} MB  connections ${sockets}\n`,
    );
  troubles.push(...violations(report));
}
for (const trouble of troubles) process.stdout.write(`VIOLATION ${trouble}\n`);
process.stdout.write(troubles.length === 0 ? 'soak: all held\n' : `soak: ${troubles.length} violations\n`);
process.exitCode = troubles.length === 0 ? 0 : 1;
