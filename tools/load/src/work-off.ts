import { setTimeout as sleep } from 'node:timers/promises';
import type { ConductorClient, Task } from '@conductor-ts/client';
import type { RunNames } from './definitions.ts';
import type { PatientCalls } from './patient-calls.ts';

export interface Work {
  /** Reports that the server has taken. */
  tasksReported: number;
}

const POLLERS_PER_TASK = 2;

/** Polls both task types and reports results, until `done` aborts. Polls under way are let to end: an abandoned one loses its tasks. */
export async function workOff(
  client: ConductorClient,
  { tasks: names }: RunNames,
  patient: PatientCalls,
  work: Work,
  done: AbortSignal,
): Promise<void> {
  const pollers = names.flatMap((name) => Array.from({ length: POLLERS_PER_TASK }, () => name));
  await Promise.all(pollers.map((name) => poll(name)));

  async function poll(tasktype: string): Promise<void> {
    while (!done.aborted) {
      // Tasks of a lost answer come back after their response timeout: a further poll does no harm.
      const tasks = await patient.repeat(() => client.task.pollBatch({ tasktype, count: 10, timeout: 100 }));
      await Promise.all(tasks.map((task) => report(task)));
      if (tasks.length === 0) await sleep(20);
    }
  }

  async function report({ taskId, workflowInstanceId }: Task): Promise<void> {
    if (taskId === undefined || workflowInstanceId === undefined)
      throw new Error('the server gave a task without its ids');
    const body = { taskId, workflowInstanceId, status: 'COMPLETED', outputData: { by: process.pid } } as const;
    // A second report of a finished task changes nothing on the server.
    await patient.repeat(() => client.task.update({ body }));
    work.tasksReported += 1;
  }
}
