import type { Execution } from './execution.ts';
import type { IndexedFields } from './search-query.ts';
import { CLASSIFIER, summaryOfTask, summaryOfWorkflow } from './summaries.ts';
import type { Task } from './types.ts';

/** What one of the server's two indexes holds, and how it is asked. */
export interface SearchIndex<T> extends IndexedFields<T> {
  /** What free text is looked for in: the summary as it is stored, names of members included. */
  readonly text: (item: T) => string;
}

export const workflowIndex: SearchIndex<Execution> = {
  columns: new Set([
    'workflowId',
    'correlationId',
    'workflowType',
    'parentWorkflowId',
    'classifier',
    'startTime',
    'updateTime',
    'endTime',
    'status',
    'jsonData',
  ]),
  read({ workflow }, field) {
    switch (field) {
      case 'workflowId':
      case 'status':
      case 'startTime':
      case 'updateTime':
      case 'endTime':
      case 'correlationId':
      case 'parentWorkflowId':
        return workflow[field];
      case 'workflowType':
        return workflow.workflowName;
      case 'classifier':
        return CLASSIFIER;
      default:
        return undefined;
    }
  },
  text: ({ workflow }) => JSON.stringify(summaryOfWorkflow(workflow)),
};

export const taskIndex: SearchIndex<Task> = {
  columns: new Set([
    'taskId',
    'taskType',
    'taskDefName',
    'workflowType',
    'startTime',
    'updateTime',
    'endTime',
    'status',
    'jsonData',
  ]),
  read(task, field) {
    switch (field) {
      case 'taskId':
      case 'taskType':
      case 'taskDefName':
      case 'workflowType':
      case 'startTime':
      case 'updateTime':
      case 'endTime':
      case 'status':
        return task[field];
      default:
        return undefined;
    }
  },
  text: (task) => JSON.stringify(summaryOfTask(task)),
};

/** A task comes into the index with its first update: as it was scheduled, nobody finds it. */
export function isIndexed(task: Task): boolean {
  return task.status !== 'SCHEDULED' || task.pollCount > 0;
}
