import {
  workflowDecideOperation,
  workflowExecuteOperation,
  workflowGetByCorrelationIdOperation,
  workflowGetByCorrelationIdsOperation,
  workflowGetExternalStorageLocationOperation,
  workflowGetOperation,
  workflowGetRunningOperation,
  workflowGetStatusOperation,
  workflowPauseOperation,
  workflowRemoveOperation,
  workflowRerunOperation,
  workflowResetCallbacksOperation,
  workflowRestartOperation,
  workflowResumeOperation,
  workflowRetryOperation,
  workflowSearchByTasksOperation,
  workflowSearchByTasksV2Operation,
  workflowSearchOperation,
  workflowSearchV2Operation,
  workflowSkipTaskOperation,
  workflowStartByNameOperation,
  workflowStartOperation,
  workflowTerminateOperation,
  workflowTestOperation,
} from '../generated/operations.gen.ts';
import type { ResourceTable } from './resource-table.ts';
import { SEARCH } from './search-arguments.ts';
import type { WorkflowResource } from './workflow-resource-methods.ts';

const CORRELATED = [
  ['includeClosed', false],
  ['includeTasks', false],
] as const;

export const workflowResource: ResourceTable<WorkflowResource> = {
  getRunningWorkflow: {
    operation: workflowGetRunningOperation,
    takes: ['name', ['version', 1], 'startTime', 'endTime'],
    now: 'workflow.getRunning',
  },
  executeWorkflow: {
    operation: workflowExecuteOperation,
    takes: [
      'body',
      'name',
      'version',
      'requestId',
      'waitUntilTaskRef',
      'waitForSeconds',
      'consistency',
      'returnStrategy',
    ],
    now: 'workflow.execute',
  },
  startWorkflow: { operation: workflowStartOperation, takes: ['body'], now: 'workflow.start' },
  decide: { operation: workflowDecideOperation, takes: ['workflowId'], now: 'workflow.decide' },
  rerun: { operation: workflowRerunOperation, takes: ['workflowId', 'body'], now: 'workflow.rerun' },
  searchV21: { operation: workflowSearchV2Operation, takes: SEARCH, now: 'workflow.searchV2' },
  pauseWorkflow: { operation: workflowPauseOperation, takes: ['workflowId'], now: 'workflow.pause' },
  skipTaskFromWorkflow: {
    operation: workflowSkipTaskOperation,
    takes: ['workflowId', 'taskReferenceName', 'body'],
    now: 'workflow.skipTask',
  },
  getWorkflows: {
    operation: workflowGetByCorrelationIdsOperation,
    takes: ['name', 'body', ...CORRELATED],
    now: 'workflow.getByCorrelationIds',
  },
  getWorkflowStatusSummary: {
    operation: workflowGetStatusOperation,
    takes: ['workflowId', ['includeOutput', false], ['includeVariables', false]],
    now: 'workflow.getStatus',
  },
  getWorkflows1: {
    operation: workflowGetByCorrelationIdOperation,
    takes: ['name', 'correlationId', ...CORRELATED],
    now: 'workflow.getByCorrelationId',
  },
  retry1: {
    operation: workflowRetryOperation,
    takes: ['workflowId', ['resumeSubworkflowTasks', false]],
    now: 'workflow.retry',
  },
  getExecutionStatus: {
    operation: workflowGetOperation,
    takes: ['workflowId', ['includeTasks', true]],
    now: 'workflow.get',
  },
  terminate1: { operation: workflowTerminateOperation, takes: ['workflowId', 'reason'], now: 'workflow.terminate' },
  resumeWorkflow: { operation: workflowResumeOperation, takes: ['workflowId'], now: 'workflow.resume' },
  delete: {
    operation: workflowRemoveOperation,
    takes: ['workflowId', ['archiveWorkflow', true]],
    now: 'workflow.remove',
  },
  searchWorkflowsByTasks: {
    operation: workflowSearchByTasksOperation,
    takes: SEARCH,
    now: 'workflow.searchByTasks',
  },
  getExternalStorageLocation: {
    operation: workflowGetExternalStorageLocationOperation,
    takes: ['path', 'operation', 'payloadType'],
    now: 'workflow.getExternalStorageLocation',
  },
  startWorkflow1: {
    operation: workflowStartByNameOperation,
    takes: ['name', 'body', 'version', 'correlationId', 'priority'],
    now: 'workflow.startByName',
  },
  restart1: {
    operation: workflowRestartOperation,
    takes: ['workflowId', ['useLatestDefinitions', false]],
    now: 'workflow.restart',
  },
  search1: {
    operation: workflowSearchOperation,
    takes: ['queryId', ...SEARCH, ['skipCache', false]],
    now: 'workflow.search',
  },
  searchWorkflowsByTasksV2: {
    operation: workflowSearchByTasksV2Operation,
    takes: SEARCH,
    now: 'workflow.searchByTasksV2',
  },
  resetWorkflow: { operation: workflowResetCallbacksOperation, takes: ['workflowId'], now: 'workflow.resetCallbacks' },
  testWorkflow: { operation: workflowTestOperation, takes: ['body'], now: 'workflow.test' },
};
