import type { ResourceTable } from './resource-table.ts';
import type { WorkflowResource } from './workflow-resource-methods.ts';

export const workflowResource: ResourceTable<WorkflowResource> = {
  getRunningWorkflow: 'workflow.getRunning name version=1 startTime endTime',
  executeWorkflow:
    'workflow.execute body name version requestId waitUntilTaskRef waitForSeconds consistency returnStrategy',
  startWorkflow: 'workflow.start body',
  decide: 'workflow.decide workflowId',
  rerun: 'workflow.rerun workflowId body',
  searchV21: 'workflow.searchV2 start size=100 sort freeText="*" query',
  pauseWorkflow: 'workflow.pause workflowId',
  skipTaskFromWorkflow: 'workflow.skipTask workflowId taskReferenceName body',
  getWorkflows: 'workflow.getByCorrelationIds name body includeClosed=false includeTasks=false',
  getWorkflowStatusSummary: 'workflow.getStatus workflowId includeOutput=false includeVariables=false',
  getWorkflows1: 'workflow.getByCorrelationId name correlationId includeClosed=false includeTasks=false',
  retry1: 'workflow.retry workflowId resumeSubworkflowTasks=false',
  getExecutionStatus: 'workflow.get workflowId includeTasks=true',
  terminate1: 'workflow.terminate workflowId reason',
  resumeWorkflow: 'workflow.resume workflowId',
  delete: 'workflow.remove workflowId archiveWorkflow=true',
  searchWorkflowsByTasks: 'workflow.searchByTasks start size=100 sort freeText="*" query',
  getExternalStorageLocation: 'workflow.getExternalStorageLocation path operation payloadType',
  startWorkflow1: 'workflow.startByName name body version correlationId priority',
  restart1: 'workflow.restart workflowId useLatestDefinitions=false',
  search1: 'workflow.search queryId start size=100 sort freeText="*" query skipCache=false',
  searchWorkflowsByTasksV2: 'workflow.searchByTasksV2 start size=100 sort freeText="*" query',
  resetWorkflow: 'workflow.resetCallbacks workflowId',
  testWorkflow: 'workflow.test body',
};
