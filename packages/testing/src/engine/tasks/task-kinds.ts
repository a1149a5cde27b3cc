import { isWorkerTask } from '../task-types.ts';
import { doWhile } from './do-while.ts';
import { dynamicTask } from './dynamic.ts';
import { forkJoin } from './fork-join.ts';
import { forkJoinDynamic } from './fork-join-dynamic.ts';
import { eventTask, humanTask, inlineTask, noopTask, unsupportedTask } from './instant-tasks.ts';
import { joinTask } from './join.ts';
import { setVariable } from './set-variable.ts';
import { startWorkflowTask } from './start-workflow.ts';
import { subWorkflowTask } from './sub-workflow.ts';
import { decisionTask, switchTask } from './switch.ts';
import type { TaskKind } from './task-kind.ts';
import { terminateTask } from './terminate.ts';
import { waitTask } from './wait.ts';
import { workerTask } from './worker-task.ts';

const KINDS: ReadonlyMap<string, TaskKind> = new Map<string, TaskKind>([
  ['DECISION', decisionTask],
  ['DO_WHILE', doWhile],
  ['DYNAMIC', dynamicTask],
  ['EVENT', eventTask],
  ['FORK_JOIN', forkJoin],
  ['FORK_JOIN_DYNAMIC', forkJoinDynamic],
  ['HUMAN', humanTask],
  ['INLINE', inlineTask],
  ['JOIN', joinTask],
  ['LAMBDA', inlineTask],
  ['NOOP', noopTask],
  ['SET_VARIABLE', setVariable],
  ['START_WORKFLOW', startWorkflowTask],
  ['SUB_WORKFLOW', subWorkflowTask],
  ['SWITCH', switchTask],
  ['TERMINATE', terminateTask],
  ['WAIT', waitTask],
]);

/** How tasks of a step's type behave. */
export function kindOf(stepType: string): TaskKind {
  return KINDS.get(stepType) ?? (isWorkerTask(stepType) ? workerTask : unsupportedTask);
}
