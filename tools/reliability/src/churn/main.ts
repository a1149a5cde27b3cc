import { parseArgs } from 'node:util';
import { ALL_PROTOCOLS } from '../protocols.ts';
import { churn } from './churn.ts';
import { resources } from './resources.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    calls: { type: 'string', default: '100000' },
    callers: { type: 'string', default: '64' },
    seconds: { type: 'string', default: '3600' },
  },
});
const options = {
  seed: Number(values.seed),
  callers: Number(values.callers),
  protocols: ALL_PROTOCOLS,
  seconds: Number(values.seconds),
};
process.stdout.write(`seed ${options.seed}\n`);

const troubles: string[] = [];
process.on('uncaughtException', (error) => troubles.push(`uncaught: ${String(error.stack)}`));
process.on('warning', (warning) => troubles.push(`warning: ${warning.message}`));

// Whatever is loaded and made once in a process is there before it is measured.
await churn({ ...options, calls: 2_000, seconds: 20 });
const before = await resources();
const report = await churn({ ...options, calls: Number(values.calls) });
const after = await resources();

const violations = [...report.violations, ...troubles];
if (after.heapMB > before.heapMB * 1.1 + 5)
  violations.push(`the heap grew from ${before.heapMB} to ${after.heapMB} MB`);
if (JSON.stringify(after.handles) !== JSON.stringify(before.handles)) {
  violations.push(`handles before: ${JSON.stringify(before.handles)}, after: ${JSON.stringify(after.handles)}`);
}
process.stdout.write(`${JSON.stringify({ ...report, violations: violations.length, before, after }, undefined, 2)}\n`);
for (const violation of violations.slice(0, 20)) process.stdout.write(`VIOLATION ${violation}\n`);
process.stdout.write(
  violations.length === 0 ? 'churn: all held\n' : `churn: ${violations.length} violations, seed ${options.seed}\n`,
);
process.exitCode = violations.length === 0 ? 0 : 1;
