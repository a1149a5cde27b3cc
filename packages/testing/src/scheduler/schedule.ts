import {
  isMap,
  readMap,
  readNumber,
  readOptionalMap,
  readPlainFlag,
  readText,
  readTextMap,
} from '../engine/field-readers.ts';
import type { JsonMap } from '../engine/json-map.ts';
import { internal } from '../engine/server-error.ts';
import { timeZone } from './time-zone.ts';

/** A schedule as the server answers with it. */
export interface Schedule {
  readonly name: string;
  readonly cronExpression: string | undefined;
  readonly runCatchupScheduleInstances: boolean;
  readonly paused: boolean;
  readonly pausedReason: string | undefined;
  readonly startWorkflowRequest: JsonMap;
  readonly zoneId: string;
  readonly scheduleStartTime: number | undefined;
  readonly scheduleEndTime: number | undefined;
  readonly createTime: number;
  readonly updatedTime: number;
  readonly createdBy: string;
  readonly updatedBy: string;
  readonly description: string | undefined;
  /** Where there are some, they win over `cronExpression`. */
  readonly cronSchedules: readonly CronSchedule[];
}

export interface CronSchedule {
  readonly cronExpression: string | undefined;
  readonly zoneId: string;
}

/** Reads a schedule to be saved. As on the real server nobody looks at its cron expression or at the workflow's name. */
export function readSchedule(raw: JsonMap, before: Schedule | undefined, nowMs: number): Schedule {
  const name = readText(raw['name']);
  if (name === undefined) throw isNull('scheduler_name');
  const startWorkflowRequest = readStartRequest(raw['startWorkflowRequest']);
  return {
    name,
    cronExpression: readText(raw['cronExpression']),
    runCatchupScheduleInstances: readPlainFlag(raw['runCatchupScheduleInstances'], false),
    paused: readPlainFlag(raw['paused'], false),
    pausedReason: readText(raw['pausedReason']),
    startWorkflowRequest,
    zoneId: readZone(raw['zoneId']),
    scheduleStartTime: readNumber(raw['scheduleStartTime']),
    scheduleEndTime: readNumber(raw['scheduleEndTime']),
    createTime: before?.createTime ?? nowMs,
    updatedTime: nowMs,
    createdBy: '',
    updatedBy: '',
    description: readText(raw['description']),
    cronSchedules: readCronSchedules(raw['cronSchedules']),
  };
}

/** All expressions by which it fires. */
export function cronsOf({ cronExpression, zoneId, cronSchedules }: Schedule): readonly CronSchedule[] {
  return cronSchedules.length > 0 ? cronSchedules : [{ cronExpression, zoneId }];
}

export function workflowNameOf({ startWorkflowRequest }: Pick<Schedule, 'startWorkflowRequest'>): string {
  return readText(startWorkflowRequest['name']) ?? '';
}

function readStartRequest(value: unknown): JsonMap {
  const raw = readOptionalMap(value, 'com.netflix.conductor.common.metadata.workflow.StartWorkflowRequest') ?? {};
  const name = readText(raw['name']);
  if (name === undefined) throw isNull('workflow_name');
  return {
    ...raw,
    name,
    version: readNumber(raw['version']),
    input: raw['input'] ?? {},
    taskToDomain: readTextMap(raw['taskToDomain']),
    priority: readNumber(raw['priority']) ?? 0,
  };
}

function readCronSchedules(value: unknown): readonly CronSchedule[] {
  if (!Array.isArray(value)) return [];
  return value
    .filter(isMap)
    .map((raw) => readMap(raw, 'io.orkes.conductor.scheduler.model.CronSchedule'))
    .map((raw) => ({ cronExpression: readText(raw['cronExpression']), zoneId: readZone(raw['zoneId']) }));
}

function readZone(value: unknown): string {
  const id = readText(value) ?? 'UTC';
  if (timeZone(id) === undefined) throw internal(`Unknown time-zone ID: ${id}`);
  return id;
}

/** The real server leaves this to its database. */
function isNull(column: string): Error {
  return internal(
    `PreparedStatementCallback; uncategorized SQLException for SQL [INSERT OR REPLACE INTO scheduler (scheduler_name, workflow_name, json_data, next_run_time) VALUES (?, ?, ?, ?)]; SQL state [null]; error code [19]; [SQLITE_CONSTRAINT_NOTNULL] A NOT NULL constraint failed (NOT NULL constraint failed: scheduler.${column})`,
  );
}
