import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createConductorClient, type ConductorClient } from '@conductor-ts/client';
import { CallTimer } from './call-timer.ts';
import { countExecutions, type ExecutionCount } from './count-executions.ts';
import { registerDefinitions, TASKS } from './definitions.ts';
import { startEmbeddedServer } from './embedded-server.ts';
import { bar, Progress } from './progress.ts';
import { retryExecution } from './retry-execution.ts';
import { startExecutions } from './start-executions.ts';
import { table } from './table.ts';
import { workOff, type Work } from './work-off.ts';

const EXECUTIONS = 200;
const { values } = parseArgs({ options: { faults: { type: 'boolean', default: false } } });
const givenUrl = process.env['CONDUCTOR_SERVER_URL'];
/**
 * The job gives up when nothing has moved for so long, in milliseconds. How long it takes in all is a matter of the server, which may have other
 * work as well. A task that it could not hand out, since its store was busy, it puts off for a minute (`conductor.app.taskExecutionPostponeDuration`).
 */
const STALL_MS = 150_000;
/** When nothing has moved for so long, the server is asked what has become of the executions. */
const QUIET_MS = 5_000;
if (values.faults && givenUrl !== undefined) {
  process.stderr.write(
    'demo --faults breaks the server it runs on, so it runs only on the embedded one. Unset CONDUCTOR_SERVER_URL.\n',
  );
  process.exitCode = 2;
} else if (givenUrl !== undefined) {
  await using client = await createConductorClient();
  process.exitCode = (await demo(client, givenUrl)) ? 0 : 1;
} else {
  await using server = await startEmbeddedServer({ faults: values.faults });
  await using client = await createConductorClient(server.clientConfig);
  process.exitCode = (await demo(client, server.title)) ? 0 : 1;
}

/** The whole job; true where every execution was started once and completed. */
async function demo(client: ConductorClient, title: string): Promise<boolean> {
  process.stdout.write(`Conductor at ${title}\n`);
  const startMs = performance.now();
  const timer = new CallTimer();
  const progress = new Progress(process.stdout);
  const work: Work = { tasksDone: 0, tasksFailed: 0, pollsLost: 0 };
  const runId = randomUUID().slice(0, 8);
  const correlationIds = Array.from({ length: EXECUTIONS }, (_, index) => `demo-${runId}-${index}`);
  let started = 0;
  let retried = 0;
  let movedMs = startMs;
  const isQuietFor = (ms: number): boolean => performance.now() - movedMs > ms;
  const show = (): void => {
    movedMs = performance.now();
    const tasks = EXECUTIONS * TASKS.length;
    progress.update(
      `started ${bar(started, EXECUTIONS)} ${started}/${EXECUTIONS}   tasks ${bar(work.tasksDone, tasks)} ${work.tasksDone}/${tasks}`,
    );
  };

  await registerDefinitions(client, { responseTimeoutSeconds: values.faults ? 2 : 20 });
  const done = new AbortController();
  const working = workOff(client, timer, work, done.signal, show);
  let count: ExecutionCount;
  let starts;
  try {
    starts = await startExecutions(client, timer, correlationIds, () => {
      started += 1;
      show();
    });
    await until(() => work.tasksDone >= EXECUTIONS * TASKS.length || isQuietFor(QUIET_MS), working);
    count = await countExecutions(client, correlationIds);
    // A report that came after its task had timed out is accepted and ignored: then a few tasks are still to be done.
    while (count.completed < EXECUTIONS && !isQuietFor(STALL_MS)) {
      for (const workflowId of count.failed) {
        // No movement by itself: one that fails again and again must not go on for ever.
        await retryExecution(client, workflowId);
        retried += 1;
      }
      await Promise.race([sleep(1_000), working]);
      const before = count.completed;
      count = await countExecutions(client, correlationIds);
      if (count.completed > before) movedMs = performance.now();
    }
  } finally {
    done.abort();
    await working;
    progress.end();
  }

  const { calls, attempts, retries, tokenMints } = client.stats();
  process.stdout.write(
    `${table([
      ['executions started', starts.workflowIds.size],
      ['executions completed', count.completed],
      ['tasks done', count.tasksCompleted],
      ['tasks that failed first and were retried by the server', work.tasksFailed],
      ['executions that the server failed, and that were retried', retried],
      ['calls', calls],
      ['HTTP requests of these calls', attempts],
      ['retries by the client', retries],
      ['token refreshes', Math.max(0, tokenMints - 1)],
      ['answers of a start that were lost', starts.answersLost],
      ['  of these, found again by their correlation id', starts.foundAgain],
      ['answers of a poll that were lost', work.pollsLost],
      ['p50 of a call', `${timer.percentileMs(0.5).toFixed(1)} ms`],
      ['p99 of a call', `${timer.percentileMs(0.99).toFixed(1)} ms`],
      ['time in all', `${((performance.now() - startMs) / 1_000).toFixed(1)} s`],
    ])}\n`,
  );
  const ok = count.completed === EXECUTIONS && count.executions === EXECUTIONS && count.startedOnce === EXECUTIONS;
  process.stdout.write(
    ok
      ? `The server's own count: ${count.executions} executions, each started exactly once.\n`
      : `NOT as it should be: the server counts ${count.executions} executions, ${count.startedOnce} started exactly once, ${count.completed} completed.\n`,
  );
  return ok;
}

/** Waits until `isDone`, or until `working` has failed. */
async function until(isDone: () => boolean, working: Promise<void>): Promise<void> {
  while (!isDone()) {
    await Promise.race([sleep(50), working]);
  }
}
