import { type Execution, type Placement, scopeOf } from '../execution.ts';
import { resolveMap } from '../expressions.ts';
import { isMap } from '../field-readers.ts';
import { flowOf } from '../flow.ts';
import { withTaskDefs } from '../definition-snapshot.ts';
import { completeWorkflowTask } from '../metadata-defaults.ts';
import { createTask } from '../task-factory.ts';
import { endTask } from '../task-ending.ts';
import type { WorkflowTask } from '../definition-types.ts';
import type { JsonMap } from '../json-map.ts';
import { startJoin } from './join.ts';
import type { Run, TaskKind } from './task-kind.ts';

interface Branch {
  readonly step: WorkflowTask;
  readonly input: JsonMap;
}

/** FORK_JOIN_DYNAMIC: as FORK_JOIN, with branches of one task each that come from the input. */
export const forkJoinDynamic: TaskKind = {
  schedule(run, step, at) {
    const { kernel, execution } = run;
    const fork = createTask(kernel, execution, step, at, { taskType: 'FORK' });
    const join = execution.flow.get(step.taskReferenceName);
    const branches = branchesOf(run, step);
    if (!branches || join?.type !== 'JOIN') {
      const reason = branches
        ? `Dynamic fork task is not followed by a join task: ${step.taskReferenceName}`
        : `Input '${step.dynamicForkTasksParam}' is invalid. Expecting a list of tasks to execute.`;
      endTask(kernel, execution, fork, 'FAILED_WITH_TERMINAL_ERROR', { reason });
      return;
    }
    const refs = branches.map(({ step: branch }) => branch.taskReferenceName + at.suffix);
    fork.inputData = { forkedTaskDefs: branches.map(({ step: branch }) => branch), forkedTasks: refs };
    endTask(kernel, execution, fork, 'COMPLETED');
    addToFlow(execution, branches);
    for (const branch of branches) scheduleBranch(run, branch, at);
    startJoin(run, createTask(kernel, execution, join, at), refs);
  },
  start: () => undefined,
  next: () => undefined,
};

function scheduleBranch(run: Run, { step, input }: Branch, at: Placement): void {
  // The branch's own input is laid over its parameters before it starts, for it may start at once.
  run.schedule({ ...step, inputParameters: { ...step.inputParameters, ...input } }, at);
}

/** Branches are no part of the definition, so the steps nested in them are not in its flow yet. */
function addToFlow(execution: Execution, branches: readonly Branch[]): void {
  const flow = new Map(execution.flow);
  for (const { step } of branches) for (const [ref, next] of flowOf([step])) flow.set(ref, next);
  execution.flow = flow;
}

function branchesOf({ kernel, execution }: Run, step: WorkflowTask): Branch[] | undefined {
  const input = resolveMap(step.inputParameters, scopeOf(execution));
  const sameTask = input['forkTaskName'];
  if (typeof sameTask === 'string') {
    const inputs: unknown[] = Array.isArray(input['forkTaskInputs']) ? input['forkTaskInputs'] : [];
    return inputs.map((entry, index) => ({
      step: completed(kernel, {
        name: sameTask,
        type: input['forkTaskType'],
        taskReferenceName: `_${step.taskReferenceName}_${index}`,
      }),
      input: isMap(entry) ? { ...entry, index } : { input: entry, index },
    }));
  }
  const tasks = input[step.dynamicForkTasksParam ?? ''];
  const inputs = input[step.dynamicForkTasksInputParamName ?? ''];
  if (!Array.isArray(tasks)) return undefined;
  return tasks.map((task: unknown) => {
    const branch = completed(kernel, task);
    const own = isMap(inputs) ? inputs[branch.taskReferenceName] : undefined;
    return { step: branch, input: isMap(own) ? own : {} };
  });
}

function completed(kernel: Run['kernel'], step: unknown): WorkflowTask {
  const [withDef] = withTaskDefs([completeWorkflowTask(step)], kernel.metadata);
  return withDef as WorkflowTask;
}
