import { type ContenderName, loadContender } from './contenders/contender-list.ts';
import type { Job, JobResult } from './jobs.ts';
import { runLoad } from './run-load.ts';

/* One contender in a process of its own, so that its memory and its compiled code are its own. */

const [name, url = '', connections] = process.argv.slice(2);

const create = await loadContender(name as ContenderName);
const contender = await create(url, Number(connections));

async function work(job: Job): Promise<number> {
  if (job.kind === 'load') await runLoad(contender, job);
  else if (job.kind === 'stub') await (await import('./stub-fetch.ts')).callStub(job.wrapped, job.calls);
  else return (await import('./sample-allocations.ts')).sampleAllocations(() => runLoad(contender, job));
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
