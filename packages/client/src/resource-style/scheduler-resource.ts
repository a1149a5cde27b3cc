import type {
  SaveScheduleRequest,
  SearchResultWorkflowScheduleExecutionModel,
  WorkflowSchedule,
  WorkflowScheduleModel,
} from '../generated/types.gen.ts';
import type { ResourceTable } from './resource-table.ts';
import type { Search } from './search.ts';

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

export const schedulerResource: ResourceTable<SchedulerResource> = {
  getSchedule: 'scheduler.get',
  deleteSchedule: 'scheduler.delete',
  getNextFewSchedules: 'scheduler.getNextRunTimes limit=3',
  pauseSchedule: { call: 'scheduler.pauseByGet', now: 'scheduler.pause' },
  pauseAllSchedules: 'scheduler.pauseAll',
  resumeSchedule: { call: 'scheduler.resumeByGet', now: 'scheduler.resume' },
  requeueAllExecutionRecords: 'scheduler.requeueAll',
  resumeAllSchedules: 'scheduler.resumeAll',
  getAllSchedules: 'scheduler.list',
  saveSchedule: 'scheduler.save',
  searchV21: 'scheduler.searchExecutions size=100 freeText="*"',
  // A leftover of a test on the server, which no document of its lists.
  testTimeout: {
    call: 'scheduler.testTimeout',
    now: "get({ url: '/api/scheduler/test/timeout' })",
    operation: {
      name: 'scheduler.testTimeout',
      method: 'GET',
      path: ['/api/scheduler/test/timeout'],
      pathParams: [],
      queryParams: [],
      headerParams: [],
      replay: 'unsafe',
      server: 'orkes',
      response: 'auto',
    },
  },
};
