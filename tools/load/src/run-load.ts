import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConductorClient } from '@conductor-ts/client';
import { CallTimer } from '@conductor-ts/demo/call-timer';
import { countExecutions, type Account } from './count-executions.ts';
import { registerDefinitions, runNames } from './definitions.ts';
import { helpAlong } from './help-along.ts';
import { PatientCalls, type Troubles } from './patient-calls.ts';
import { startExecutions, type Starts } from './start-executions.ts';
import { workOff, type Work } from './work-off.ts';

/** Nothing started, reported or completed for so long means that nothing will, in milliseconds: longer than a response timeout and a boot. */
const STANDSTILL_MS = 90_000;

export interface LoadJob {
  readonly starts: number;
  readonly inFlight: number;
  /** The run is given up after this time, in milliseconds. */
  readonly limitMs: number;
  /** Happens once, when half of the starts are acknowledged; the run goes on meanwhile. */
  readonly halfway?: (() => Promise<void>) | undefined;
  /** Without any progress for so long, in milliseconds, the server is helped along as by an operator. @default never */
  readonly helpAfterMs?: number | undefined;
  /** Told of every answer. */
  readonly onAnswer?: (() => void) | undefined;
}

export interface LoadResult {
  readonly account: Account;
  readonly troubles: Troubles;
  readonly foundAgain: number;
  readonly tasksReported: number;
  /** Until the last start was acknowledged, and until the last execution was completed. */
  readonly startedAfterMs: number;
  readonly completedAfterMs: number;
  readonly startP50Ms: number;
  readonly startP99Ms: number;
}

/** Starts, works off, and counts. Every failure that may be got over is got over with the same client. */
export async function runLoad(client: ConductorClient, job: LoadJob): Promise<LoadResult> {
  const runId = randomUUID().slice(0, 8);
  const names = runNames(runId);
  const done = new AbortController();
  const end = AbortSignal.any([AbortSignal.timeout(job.limitMs), done.signal]);
  const patient = new PatientCalls(end, () => job.onAnswer?.());
  const timer = new CallTimer();
  const starts: Starts = { acknowledged: new Map(), foundAgain: 0 };
  const work: Work = { tasksReported: 0 };
  const correlationIds = Array.from({ length: job.starts }, (_, index) => `${runId}-${index}`);

  async function start(): Promise<number> {
    await startExecutions(client, names, correlationIds, job.inFlight, patient, timer, starts);
    return performance.now() - beginMs;
  }

  async function happenHalfway(): Promise<void> {
    await until(() => starts.acknowledged.size >= job.starts / 2, end);
    await job.halfway?.();
  }

  /** Until all is completed, or nothing moves any more: the count then says what is missing. */
  async function complete(): Promise<number> {
    const query = { query: `workflowType='${names.workflow}' AND status='COMPLETED'`, size: 1 };
    const last = { progress: -1, atMs: performance.now(), helped: false };
    for (;;) {
      const { totalHits } = await patient.repeat(() => client.workflow.search(query));
      const nowMs = performance.now();
      const progress = totalHits + work.tasksReported + starts.acknowledged.size;
      if (totalHits >= job.starts || nowMs - last.atMs > STANDSTILL_MS) return nowMs - beginMs;
      if (progress > last.progress) Object.assign(last, { progress, atMs: nowMs, helped: false });
      if (!last.helped && nowMs - last.atMs > (job.helpAfterMs ?? Infinity)) {
        last.helped = true;
        await helpAlong(client, names, patient);
      }
      // Asked seldom, so that the asking is no part of the load.
      await sleep(work.tasksReported < job.starts * names.tasks.length ? 500 : 50, undefined, { signal: end });
    }
  }

  await registerDefinitions(client, names);
  const beginMs = performance.now();
  const working = workOff(client, names, patient, work, done.signal);
  try {
    // Polling ends only when it is told to, or by a failure that nothing can be done about.
    const job = Promise.all([start(), complete(), happenHalfway()]);
    const [startedAfterMs, completedAfterMs] = await Promise.race([job, working.then(() => job)]);
    done.abort();
    await working;
    return {
      account: await countExecutions(client, names, starts.acknowledged),
      troubles: patient.troubles,
      foundAgain: starts.foundAgain,
      tasksReported: work.tasksReported,
      startedAfterMs,
      completedAfterMs,
      startP50Ms: timer.percentileMs(0.5),
      startP99Ms: timer.percentileMs(0.99),
    };
  } finally {
    done.abort();
    await working.catch(() => undefined);
  }
}

async function until(isSo: () => boolean, limit: AbortSignal): Promise<void> {
  while (!isSo()) await sleep(50, undefined, { signal: limit });
}
