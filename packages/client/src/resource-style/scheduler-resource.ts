import {
  schedulerDeleteOperation,
  schedulerGetNextRunTimesOperation,
  schedulerGetOperation,
  schedulerListOperation,
  schedulerPauseAllOperation,
  schedulerPauseByGetOperation,
  schedulerRequeueAllOperation,
  schedulerResumeAllOperation,
  schedulerResumeByGetOperation,
  schedulerSaveOperation,
  schedulerSearchExecutionsOperation,
} from '../generated/operations.gen.ts';
import type {
  SaveScheduleRequest,
  SearchResultWorkflowScheduleExecutionModel,
  WorkflowSchedule,
  WorkflowScheduleModel,
} from '../generated/types.gen.ts';
import type { Operation } from '../runtime/operation.ts';
import type { ResourceTable } from './resource-table.ts';
import { type Search, SEARCH } from './search-arguments.ts';

/** Schedules, in the style of the published SDK. */
export interface SchedulerResource {
  /** @deprecated Use `client.scheduler.get`. */
  getSchedule(name: string): Promise<WorkflowSchedule>;
  /** @deprecated Use `client.scheduler.delete`. */
  deleteSchedule(name: string): Promise<void>;
  /** @deprecated Use `client.scheduler.getNextRunTimes`. */
  getNextFewSchedules(
    cronExpression: string,
    scheduleStartTime?: number,
    scheduleEndTime?: number,
    limit?: number,
  ): Promise<number[]>;
  /** @deprecated Use `client.scheduler.pause`. */
  pauseSchedule(name: string): Promise<void>;
  /** @deprecated Use `client.scheduler.pauseAll`. */
  pauseAllSchedules(): Promise<Record<string, unknown>>;
  /** @deprecated Use `client.scheduler.resume`. */
  resumeSchedule(name: string): Promise<void>;
  /** @deprecated Use `client.scheduler.requeueAll`. */
  requeueAllExecutionRecords(): Promise<Record<string, unknown>>;
  /** @deprecated Use `client.scheduler.resumeAll`. */
  resumeAllSchedules(): Promise<Record<string, unknown>>;
  /** @deprecated Use `client.scheduler.list`. */
  getAllSchedules(workflowName?: string): Promise<WorkflowScheduleModel[]>;
  /** @deprecated Use `client.scheduler.save`. */
  saveSchedule(requestBody: SaveScheduleRequest): Promise<WorkflowSchedule | undefined>;
  /** @deprecated Use `client.scheduler.searchExecutions`. */
  searchV21: Search<SearchResultWorkflowScheduleExecutionModel>;
  /** @deprecated Use `client.get({ url: '/api/scheduler/test/timeout' })`. */
  testTimeout(): Promise<unknown>;
}

/** A leftover of a test on the server, which no document of its lists. */
const schedulerTestTimeoutOperation: Operation = {
  name: 'scheduler.testTimeout',
  method: 'GET',
  path: ['/api/scheduler/test/timeout'],
  pathParams: [],
  queryParams: [],
  headerParams: [],
  replay: 'unsafe',
  server: 'orkes',
  response: 'auto',
};

export const schedulerResource: ResourceTable<SchedulerResource> = {
  getSchedule: { operation: schedulerGetOperation, takes: ['name'], now: 'scheduler.get' },
  deleteSchedule: { operation: schedulerDeleteOperation, takes: ['name'], now: 'scheduler.delete' },
  getNextFewSchedules: {
    operation: schedulerGetNextRunTimesOperation,
    takes: ['cronExpression', 'scheduleStartTime', 'scheduleEndTime', ['limit', 3]],
    now: 'scheduler.getNextRunTimes',
  },
  pauseSchedule: { operation: schedulerPauseByGetOperation, takes: ['name'], now: 'scheduler.pause' },
  pauseAllSchedules: { operation: schedulerPauseAllOperation, takes: [], now: 'scheduler.pauseAll' },
  resumeSchedule: { operation: schedulerResumeByGetOperation, takes: ['name'], now: 'scheduler.resume' },
  requeueAllExecutionRecords: { operation: schedulerRequeueAllOperation, takes: [], now: 'scheduler.requeueAll' },
  resumeAllSchedules: { operation: schedulerResumeAllOperation, takes: [], now: 'scheduler.resumeAll' },
  getAllSchedules: { operation: schedulerListOperation, takes: ['workflowName'], now: 'scheduler.list' },
  saveSchedule: { operation: schedulerSaveOperation, takes: ['body'], now: 'scheduler.save' },
  searchV21: { operation: schedulerSearchExecutionsOperation, takes: SEARCH, now: 'scheduler.searchExecutions' },
  testTimeout: {
    operation: schedulerTestTimeoutOperation,
    takes: [],
    now: "get({ url: '/api/scheduler/test/timeout' })",
  },
};
