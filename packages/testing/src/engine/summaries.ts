import { javaText } from './java-text.ts';
import type { Task, TaskSummary, Workflow, WorkflowSummary } from './types.ts';

/** Every workflow has the same class here; the real server has others for its agents. */
export const CLASSIFIER = 'workflow';

export function summaryOfWorkflow(workflow: Workflow): WorkflowSummary {
  const input = javaText(workflow.input);
  const output = javaText(workflow.output);
  return {
    workflowType: workflow.workflowName,
    version: workflow.workflowVersion,
    workflowId: workflow.workflowId,
    correlationId: workflow.correlationId,
    startTime: isoTime(workflow.startTime),
    updateTime: isoTime(workflow.updateTime),
    endTime: workflow.endTime > 0 ? isoTime(workflow.endTime) : undefined,
    status: workflow.status,
    input,
    output,
    reasonForIncompletion: workflow.reasonForIncompletion,
    executionTime: workflow.endTime > 0 ? workflow.endTime - workflow.startTime : 0,
    failedReferenceTaskNames: workflow.failedReferenceTaskNames.join(','),
    failedTaskNames: workflow.failedTaskNames,
    priority: workflow.priority,
    taskToDomain: workflow.taskToDomain,
    parentWorkflowId: workflow.parentWorkflowId ?? '',
    classifier: CLASSIFIER,
    inputSize: input.length,
    outputSize: output.length,
    idempotencyKey: workflow.idempotencyKey,
  };
}

export function summaryOfTask(task: Task): TaskSummary {
  return {
    workflowId: task.workflowInstanceId,
    workflowType: task.workflowType ?? '',
    correlationId: task.correlationId,
    scheduledTime: isoTime(task.scheduledTime),
    startTime: isoTime(task.startTime),
    updateTime: isoTime(task.updateTime),
    endTime: isoTime(task.endTime),
    status: task.status,
    reasonForIncompletion: task.reasonForIncompletion,
    executionTime: task.endTime > 0 ? task.endTime - task.startTime : 0,
    queueWaitTime: task.queueWaitTime,
    taskDefName: task.taskDefName,
    taskType: task.taskType,
    input: javaText(task.inputData),
    output: javaText(task.outputData),
    taskId: task.taskId,
    workflowPriority: task.workflowPriority,
    domain: task.domain,
  };
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
