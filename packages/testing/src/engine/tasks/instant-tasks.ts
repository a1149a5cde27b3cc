import { runScript, ScriptError } from '../script.ts';
import { beginTask, endTask } from '../task-ending.ts';
import type { Task } from '../types.ts';
import type { TaskKind } from './task-kind.ts';

/** INLINE and LAMBDA: a script over the task's input. */
export const inlineTask: TaskKind = {
  start({ kernel, execution }, task) {
    beginTask(kernel, task);
    try {
      const result = evaluate(task, kernel.options.scriptTimeoutMs);
      endTask(kernel, execution, task, 'COMPLETED', { output: { result } });
    } catch (error) {
      if (!(error instanceof ScriptError)) throw error;
      endTask(kernel, execution, task, 'FAILED_WITH_TERMINAL_ERROR', {
        output: { error: error.message },
        reason: error.message,
      });
    }
  },
};

function evaluate(task: Task, timeoutMs: number): unknown {
  const { evaluatorType = 'javascript', expression, scriptExpression } = task.inputData;
  const source = task.taskType === 'LAMBDA' ? scriptExpression : expression;
  if (typeof source !== 'string' || source === '')
    throw new ScriptError(
      "Empty 'expression' in Inline task's input parameters. A non-empty String value must be provided.",
    );
  if (evaluatorType === 'value-param') return task.inputData[source] ?? null;
  if (evaluatorType === 'javascript' || evaluatorType === 'graaljs')
    return runScript(source, task.inputData, timeoutMs);
  throw new ScriptError(`Unknown evaluator '${String(evaluatorType)}' in INLINE task.`);
}

/** NOOP: nothing to do. */
export const noopTask: TaskKind = {
  start({ kernel, execution }, task) {
    endTask(kernel, execution, task, 'COMPLETED');
  },
};

/** HUMAN: open until somebody updates it. */
export const humanTask: TaskKind = {
  start({ kernel }, task) {
    beginTask(kernel, task);
  },
};

/** EVENT: produced in the task's output, and told to the server's event handlers. */
export const eventTask: TaskKind = {
  start({ kernel, execution }, task) {
    const { sink = '', asyncComplete } = task.workflowTask;
    const { workflowId, workflowName, workflowVersion, correlationId = null, taskToDomain } = execution.workflow;
    const [kind = '', queue = task.referenceTaskName] = sink.split(':');
    task.inputData = { ...task.inputData, sink, asyncComplete };
    const output = {
      ...task.inputData,
      event_produced: kind === 'conductor' ? `${kind}:${workflowName}:${queue}` : sink,
      workflowInstanceId: workflowId,
      workflowType: workflowName,
      workflowVersion,
      correlationId,
      taskToDomain,
    };
    task.outputData = output;
    kernel.options.onEvent(output.event_produced, output);
    if (asyncComplete) beginTask(kernel, task);
    else endTask(kernel, execution, task, 'COMPLETED', { output });
  },
};

/** Types the real server runs and this one does not: they fail with a reason that says so. */
export const unsupportedTask: TaskKind = {
  start({ kernel, execution }, task) {
    const reason = `The embedded server does not run ${task.taskType} tasks; use a real Conductor server, or a SIMPLE task with a worker in its place`;
    endTask(kernel, execution, task, 'FAILED_WITH_TERMINAL_ERROR', { reason });
  },
};
