import { type ContenderName, loadContender } from './contenders/contender-list.ts';
import type { Contender } from './contenders/contender.ts';
import type { Job, JobResult } from './jobs.ts';
import { runLoad } from './run-load.ts';

/* One contender, or the ways to call one, in a process of its own, so that its memory and its compiled code are its own. */

const [names = '', url = '', connections] = process.argv.slice(2);
const [first, ...others] = names.split(',') as [ContenderName, ...ContenderName[]];

const contenders = new Map<ContenderName, Contender>();
for (const name of [first, ...others])
  contenders.set(name, await (await loadContender(name))(url, Number(connections)));

async function work(job: Job): Promise<number> {
  if (job.kind === 'stub') {
    await (await import('./stub-fetch.ts')).callStub(job.wrapped, job.calls);
    return 0;
  }
  const contender = contenders.get(job.contender ?? first);
  if (contender === undefined) throw new Error(`${String(job.contender)} is not in this process`);
  if (job.kind === 'allocation')
    return (await import('./sample-allocations.ts')).sampleAllocations(() => runLoad(contender, job));
  await runLoad(contender, job);
  return 0;
}

async function measure(job: Job): Promise<JobResult> {
  const startedMs = performance.now();
  const before = process.cpuUsage();
  const allocatedBytes = await work(job);
  const { user, system } = process.cpuUsage(before);
  const wallMs = performance.now() - startedMs;
  return { cpuUs: user + system, wallMs, allocatedBytes, peakRssMb: process.resourceUsage().maxRSS / 1024 };
}

process.on('message', (job: Job) => void measure(job).then((result) => process.send?.(result)));
process.on('disconnect', () => process.exit());
process.send?.('ready');
