import { parseDurationMs, parseInstantMs } from '../durations.ts';
import { javaText } from '../java-text.ts';
import { isTerminal } from '../status.ts';
import { beginTask, endTask, setTaskTimer } from '../task-ending.ts';
import type { TaskKind } from './task-kind.ts';

/** What the real server shows for a wait that only a signal or an update can end. */
const NO_END_SECONDS = 2_147_483_647;

/** WAIT: for a duration, until an instant, or for a signal. */
export const waitTask: TaskKind = {
  start({ kernel, execution }, task) {
    const { duration, until } = task.inputData;
    beginTask(kernel, task);
    // Nobody has looked at it yet.
    task.updateTime = 0;
    task.callbackAfterSeconds = NO_END_SECONDS;
    const given = duration ?? until;
    if (given === undefined || given === null || given === '') return;
    const instantMs = duration
      ? parseDurationMs(javaText(duration), kernel.clock.now())
      : parseInstantMs(javaText(until));
    if (instantMs === undefined) {
      endTask(kernel, execution, task, 'FAILED_WITH_TERMINAL_ERROR', {
        reason: `Wait time specified is invalid: ${javaText(given)}`,
      });
      return;
    }
    const waitMs = Math.max(0, instantMs - kernel.clock.now());
    task.callbackAfterSeconds = Math.ceil(waitMs / 1000);
    setTaskTimer(kernel, execution, task, waitMs, () => {
      if (isTerminal(task.status)) return;
      endTask(kernel, execution, task, 'COMPLETED');
      kernel.decide(execution);
    });
  },
};
