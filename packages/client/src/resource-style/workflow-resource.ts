import type { ResourceTable } from './resource-table.ts';
import type { WorkflowResource } from './workflow-resource-methods.ts';

export const workflowResource: ResourceTable<WorkflowResource> = {
  getRunningWorkflow: 'workflow.getRunning version=1',
  executeWorkflow:
    'workflow.execute body name version requestId waitUntilTaskRef waitForSeconds consistency returnStrategy',
  startWorkflow: 'workflow.start',
  decide: 'workflow.decide',
  rerun: 'workflow.rerun',
  searchV21: 'workflow.searchV2 start size=100 sort freeText="*" query',
  pauseWorkflow: 'workflow.pause',
  skipTaskFromWorkflow: 'workflow.skipTask',
  getWorkflows: 'workflow.getByCorrelationIds includeClosed=false includeTasks=false',
  getWorkflowStatusSummary: 'workflow.getStatus includeOutput=false includeVariables=false',
  getWorkflows1: 'workflow.getByCorrelationId includeClosed=false includeTasks=false',
  retry1: 'workflow.retry workflowId resumeSubworkflowTasks=false',
  getExecutionStatus: 'workflow.get workflowId includeTasks=true',
  terminate1: 'workflow.terminate workflowId reason',
  resumeWorkflow: 'workflow.resume',
  delete: 'workflow.remove archiveWorkflow=true',
  searchWorkflowsByTasks: 'workflow.searchByTasks size=100 freeText="*"',
  getExternalStorageLocation: 'workflow.getExternalStorageLocation',
  startWorkflow1: 'workflow.startByName',
  restart1: 'workflow.restart useLatestDefinitions=false',
  search1: 'workflow.search queryId start size=100 sort freeText="*" query skipCache=false',
  searchWorkflowsByTasksV2: 'workflow.searchByTasksV2 size=100 freeText="*"',
  resetWorkflow: 'workflow.resetCallbacks',
  testWorkflow: 'workflow.test',
};
