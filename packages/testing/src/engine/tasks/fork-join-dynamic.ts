import { type Execution, scopeOf } from '../execution.ts';
import { resolveMap } from '../expressions.ts';
import { isMap } from '../field-readers.ts';
import { flowOf } from '../flow.ts';
import { withTaskDefs } from '../definition-snapshot.ts';
import { javaText } from '../java-text.ts';
import { completeWorkflowTask } from '../metadata-defaults.ts';
import { createTask } from '../task-factory.ts';
import { endTask } from '../task-ending.ts';
import type { WorkflowTask } from '../definition-types.ts';
import type { JsonMap } from '../json-map.ts';
import { startJoin } from './join.ts';
import type { Run, TaskKind } from './task-kind.ts';

/** Why no branches can be made of an input. */
interface Refusal {
  readonly reason: string;
}

/** FORK_JOIN_DYNAMIC: as FORK_JOIN, with branches of one task each that come from the input. */
export const forkJoinDynamic: TaskKind = {
  schedule(run, step, at) {
    const { kernel, execution } = run;
    const input = resolveMap(step.inputParameters, scopeOf(execution));
    const branches = branchesFrom(run, step, input);
    const join = execution.flow.get(step.taskReferenceName);
    if ('reason' in branches || join?.type !== 'JOIN') {
      const noJoin = 'Dynamic join definition is not followed by a join task.  Check the workflow definition.';
      execution.ending = { status: 'FAILED', reason: 'reason' in branches ? branches.reason : noJoin };
      return;
    }
    const refs = branches.map(({ taskReferenceName }) => taskReferenceName + at.suffix);
    const fork = createTask(kernel, execution, step, at);
    fork.inputData = { ...fork.inputData, forkedTaskDefs: branches, forkedTasks: refs };
    endTask(kernel, execution, fork, 'COMPLETED');
    addToFlow(execution, branches);
    for (const branch of branches) run.schedule(branch, at);
    startJoin(run, createTask(kernel, execution, join, at), refs);
  },
  start: () => undefined,
  next: () => undefined,
};

/** Branches are no part of the definition, so the steps nested in them are not in its flow yet. */
function addToFlow(execution: Execution, branches: readonly WorkflowTask[]): void {
  const flow = new Map(execution.flow);
  for (const branch of branches) for (const [ref, next] of flowOf([branch])) flow.set(ref, next);
  execution.flow = flow;
}

function branchesFrom({ kernel }: Run, step: WorkflowTask, input: JsonMap): readonly WorkflowTask[] | Refusal {
  const { forkTaskName, forkTaskInputs } = input;
  const found =
    typeof forkTaskName === 'string'
      ? copiesOf(forkTaskName, input['forkTaskType'], Array.isArray(forkTaskInputs) ? forkTaskInputs : [])
      : listedIn(input, step);
  return 'reason' in found ? found : withTaskDefs(found, kernel.metadata);
}

/** The same task once for each input. */
function copiesOf(name: string, type: unknown, inputs: readonly unknown[]): WorkflowTask[] {
  return inputs.map((entry, index) =>
    completeWorkflowTask({
      name,
      type,
      taskReferenceName: `_${name}_${index}`,
      inputParameters: { ...(isMap(entry) ? entry : { input: entry }), __index: index },
    }),
  );
}

/** The tasks of a list, each with its own input from a map laid over its parameters. */
function listedIn(input: JsonMap, step: WorkflowTask): WorkflowTask[] | Refusal {
  const tasks = input[step.dynamicForkTasksParam ?? ''] ?? null;
  const inputs = input[step.dynamicForkTasksInputParamName ?? ''] ?? null;
  if (!Array.isArray(tasks) || !tasks.every((task) => isMap(task) && typeof task['name'] === 'string')) {
    const reason = `Input '${step.dynamicForkTasksParam}' is invalid. Cannot deserialize a list of Workflow Tasks from '${javaText(tasks)}'`;
    return { reason };
  }
  if (!isMap(inputs)) {
    const reason = `Input to the dynamically forked tasks is not a map -> expecting a map of K,V  but found ${javaText(inputs)}`;
    return { reason };
  }
  return tasks.map((task) => {
    const branch = completeWorkflowTask(task);
    const own = inputs[branch.taskReferenceName];
    if (isMap(own)) branch.inputParameters = { ...branch.inputParameters, ...own };
    return branch;
  });
}
