import { randomUUID } from 'node:crypto';
import type { Clock, Timer } from '../clock.ts';
import { isMap } from '../engine/field-readers.ts';
import type { JsonMap } from '../engine/json-map.ts';
import { notFound } from '../engine/server-error.ts';
import type { SearchResult } from '../engine/types.ts';
import { parseCron } from './cron-expression.ts';
import { nextFireTime } from './next-fire-time.ts';
import { cronsOf, readSchedule, type Schedule, workflowNameOf } from './schedule.ts';
import { type RecordSearch, type ScheduleRecord, searchRecords } from './schedule-record.ts';
import { timeZone } from './time-zone.ts';

export interface SchedulerOptions {
  readonly clock: Clock;
  /** Starts a workflow from a request, and gives its id. */
  readonly start: (request: JsonMap) => string;
}

export interface ScheduleSearch {
  readonly workflowName: string | undefined;
  readonly scheduleName: string | undefined;
  readonly paused: boolean | undefined;
  readonly start: number;
  readonly size: number;
}

/** Records kept; beyond it the oldest goes. */
const MAX_RECORDS = 1_000;

/** Starts workflows when they are due, by the server's clock. Lives as long as the server. */
export class Scheduler {
  readonly #options: SchedulerOptions;
  /** In the order of their last change, as the real server lists them. */
  readonly #schedules = new Map<string, Schedule>();
  readonly #timers = new Map<string, Timer>();
  readonly #records: ScheduleRecord[] = [];
  #isPaused = false;

  constructor(options: SchedulerOptions) {
    this.#options = options;
  }

  save(raw: JsonMap): Schedule {
    const name = raw['name'];
    const before = typeof name === 'string' ? this.#schedules.get(name) : undefined;
    return this.#put(readSchedule(raw, before, this.#options.clock.now()));
  }

  get(name: string): Schedule {
    const schedule = this.#schedules.get(name);
    if (schedule === undefined) throw notFound(`Schedule '${name}' not found`);
    return schedule;
  }

  list(workflowName?: string): Schedule[] {
    const all = [...this.#schedules.values()];
    return workflowName === undefined || workflowName === ''
      ? all
      : all.filter((schedule) => workflowNameOf(schedule) === workflowName);
  }

  search({ workflowName, scheduleName = '', paused, start, size }: ScheduleSearch): SearchResult<Schedule> {
    const part = scheduleName.toLowerCase();
    const hits = this.list(workflowName)
      .filter(({ name }) => name.toLowerCase().includes(part))
      .filter((schedule) => paused === undefined || schedule.paused === paused)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    return { totalHits: hits.length, results: hits.slice(start, start + size) };
  }

  /** An unknown name is no error. */
  delete(name: string): void {
    this.#schedules.delete(name);
    this.#disarm(name);
  }

  pause(name: string, pausedReason?: string): void {
    this.#put({ ...this.get(name), paused: true, pausedReason, updatedTime: this.#options.clock.now() });
  }

  /** One that is not paused is not found, as on the real server. */
  resume(name: string): void {
    const schedule = this.get(name);
    if (!schedule.paused) throw notFound(`Schedule '${name}' not found`);
    this.#put({ ...schedule, paused: false, pausedReason: undefined, updatedTime: this.#options.clock.now() });
  }

  /** Nothing fires until `resumeAll`; what was due meanwhile does not. */
  pauseAll(): void {
    this.#isPaused = true;
    for (const name of this.#timers.keys()) this.#disarm(name);
  }

  resumeAll(): void {
    this.#isPaused = false;
    for (const schedule of this.#schedules.values()) this.#arm(schedule, this.#options.clock.now());
  }

  searchRecords(search: RecordSearch): SearchResult<ScheduleRecord> {
    return searchRecords(this.#records, search);
  }

  close(): void {
    this.pauseAll();
  }

  #put(schedule: Schedule): Schedule {
    this.delete(schedule.name);
    this.#schedules.set(schedule.name, schedule);
    this.#arm(schedule, this.#options.clock.now());
    return schedule;
  }

  #disarm(name: string): void {
    this.#timers.get(name)?.cancel();
    this.#timers.delete(name);
  }

  #arm(schedule: Schedule, afterMs: number): void {
    this.#disarm(schedule.name);
    const due = schedule.paused || this.#isPaused ? undefined : nextDue(schedule, afterMs);
    if (due === undefined) return;
    const { clock } = this.#options;
    const run = (): void => {
      // The clock of the machine cuts waits of more than some weeks short.
      if (clock.now() < due.atMs) return this.#arm(schedule, due.atMs - 1);
      this.#fire(schedule, due);
      this.#arm(schedule, schedule.runCatchupScheduleInstances ? due.atMs : Math.max(due.atMs, clock.now()));
    };
    this.#timers.set(schedule.name, clock.setTimer(run, due.atMs - clock.now()));
  }

  #fire({ name: scheduleName, startWorkflowRequest }: Schedule, { atMs: scheduledTime, cron }: Due): void {
    const executionId = randomUUID();
    const executionTime = this.#options.clock.now();
    const { input } = startWorkflowRequest;
    const marks = {
      _startedByScheduler: scheduleName,
      _scheduledTime: scheduledTime,
      _executedTime: executionTime,
      _executionId: executionId,
      _schedulerCron: cron,
    };
    const facts = { executionId, scheduleName, scheduledTime, executionTime, startWorkflowRequest, zoneId: 'UTC' };
    const workflowName = workflowNameOf({ startWorkflowRequest });
    try {
      const request = { ...startWorkflowRequest, input: { ...(isMap(input) ? input : {}), ...marks } };
      this.#record({ ...facts, workflowName, workflowId: this.#options.start(request), state: 'EXECUTED' });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#record({ ...facts, workflowName, reason, stackTrace: reason, state: 'FAILED' });
    }
  }

  #record(record: ScheduleRecord): void {
    this.#records.push(record);
    if (this.#records.length > MAX_RECORDS) this.#records.shift();
  }
}

interface Due {
  readonly atMs: number;
  /** Expression and zone by which it is due. */
  readonly cron: string;
}

/** The next time of any of its expressions, within its start and end. An expression that cannot be read never fires. */
function nextDue(schedule: Schedule, afterMs: number): Due | undefined {
  const { scheduleStartTime, scheduleEndTime = Number.POSITIVE_INFINITY } = schedule;
  const fromMs = Math.max(afterMs, (scheduleStartTime ?? 0) - 1);
  const times = cronsOf(schedule).flatMap(({ cronExpression = '', zoneId }) => {
    const cron = parseCron(cronExpression);
    const zone = timeZone(zoneId);
    const atMs = cron && zone && nextFireTime(cron, zone, fromMs);
    return atMs === undefined || atMs > scheduleEndTime ? [] : [{ atMs, cron: `${cronExpression} ${zoneId}` }];
  });
  return times.sort((a, b) => a.atMs - b.atMs)[0];
}
