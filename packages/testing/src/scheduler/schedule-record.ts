import type { SearchResult } from '../engine/types.ts';
import type { JsonMap } from '../engine/json-map.ts';

/** One time that a schedule fired. */
export interface ScheduleRecord {
  readonly executionId: string;
  readonly scheduleName: string;
  readonly scheduledTime: number;
  readonly executionTime: number;
  readonly workflowName: string;
  readonly workflowId?: string | undefined;
  readonly reason?: string | undefined;
  readonly stackTrace?: string | undefined;
  readonly startWorkflowRequest: JsonMap;
  readonly state: 'EXECUTED' | 'FAILED';
  readonly zoneId: string;
}

export interface RecordSearch {
  readonly start: number;
  readonly size: number;
  readonly sort: string | undefined;
  readonly query: string | undefined;
}

/** The latest first, unless `sort` says otherwise. */
export function searchRecords(
  records: readonly ScheduleRecord[],
  { start, size, sort = 'scheduledTime:DESC', query = '' }: RecordSearch,
): SearchResult<ScheduleRecord> {
  const conditions = query.split(/\s+AND\s+/i).filter((condition) => condition.trim() !== '');
  const hits = records.filter((record) => conditions.every((condition) => fits(record, condition.trim())));
  const [field = '', direction = 'ASC'] = sort.split(':');
  const sign = direction.toUpperCase() === 'DESC' ? -1 : 1;
  hits.sort((a, b) => sign * compare(a, b, field));
  return { totalHits: hits.length, results: hits.slice(start, start + size) };
}

/** `field IN (a,b)`, `workflowName=a`, `time>ms`, or the name of a schedule. Values have no quotes: with them nothing is found. */
function fits(record: ScheduleRecord, condition: string): boolean {
  const [, listed, members = ''] = /^(\w+)\s+IN\s*\((.*)\)$/i.exec(condition) ?? [];
  if (listed !== undefined) return members.split(',').some((member) => member.trim() === textOf(record, listed));
  const [, field, operator, value = ''] = /^(\w+)([=<>])(.*)$/.exec(condition) ?? [];
  if (field === undefined) return record.scheduleName === condition;
  // Of the others the real server finds nothing this way.
  if (operator === '=') return field === 'workflowName' && record.workflowName === value;
  const sign = operator === '<' ? -1 : 1;
  return sign * (Number(valueOf(record, field)) - Number(value)) > 0;
}

const valueOf = (record: ScheduleRecord, field: string): unknown => (record as unknown as JsonMap)[field];

function textOf(record: ScheduleRecord, field: string): string {
  const value = valueOf(record, field);
  return typeof value === 'string' || typeof value === 'number' ? `${value}` : '';
}

function compare(a: ScheduleRecord, b: ScheduleRecord, field: string): number {
  const [one, other] = [valueOf(a, field), valueOf(b, field)];
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return textOf(a, field).localeCompare(textOf(b, field));
}
