import { setTimeout as sleep } from 'node:timers/promises';
import type { ConductorClient, Task, TaskResult } from '@conductor-ts/client';
import type { CallTimer } from './call-timer.ts';
import { TASKS, type TaskName } from './definitions.ts';
import { mayPass, untilAnswered } from './until-answered.ts';

export interface Work {
  tasksDone: number;
  tasksFailed: number;
  /** Polls whose answer was lost: the server hands their tasks out again after the response timeout. */
  pollsLost: number;
}

/** Polls all three task types and reports results, until `signal` aborts. Polls under way are let to end. */
export async function workOff(
  client: ConductorClient,
  timer: CallTimer,
  work: Work,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<void> {
  const pollers = TASKS.flatMap((name) => [name, name]);
  await Promise.all(pollers.map((name) => poll(name)));

  async function poll(tasktype: TaskName): Promise<void> {
    while (!signal.aborted) {
      let tasks: Task[];
      try {
        tasks = await timer.time(() =>
          client.task.pollBatch({ tasktype, workerid: `demo-${process.pid}`, count: 10, timeout: 100 }),
        );
      } catch (error) {
        // A poll takes tasks off the queue, so it is not repeated unasked. Nothing is lost: see the response timeout.
        if (!mayPass(error)) throw error;
        work.pollsLost += 1;
        await sleep(50);
        continue;
      }
      await Promise.all(tasks.map((task) => report(tasktype, task)));
      if (tasks.length === 0) await sleep(50);
    }
  }

  async function report(tasktype: TaskName, task: Task): Promise<void> {
    const result = perform(tasktype, task);
    // Repeated by the client where needed: a second report of a finished task changes nothing on the server.
    await untilAnswered(() => timer.time(() => client.task.update({ body: result })));
    if (result.status === 'COMPLETED') work.tasksDone += 1;
    else work.tasksFailed += 1;
    onProgress();
  }
}

/** The work itself. The card terminal refuses the first try of every payment; the server then retries the task. */
function perform(tasktype: TaskName, task: Task): TaskResult {
  const { taskId, workflowInstanceId } = task;
  if (taskId === undefined || workflowInstanceId === undefined)
    throw new Error('The server gave a task without its ids');
  const result = { taskId, workflowInstanceId, workerId: `demo-${process.pid}` };
  if (tasktype === 'demo_charge_card' && (task.retryCount ?? 0) === 0) {
    return { ...result, status: 'FAILED', reasonForIncompletion: 'The card terminal is busy' };
  }
  const output = {
    demo_price_order: { amount: 12.5 },
    demo_charge_card: { receipt: `R-${taskId.slice(0, 8)}` },
    demo_ship_parcel: { parcel: `P-${taskId.slice(0, 8)}` },
  }[tasktype];
  return { ...result, status: 'COMPLETED', outputData: output };
}
