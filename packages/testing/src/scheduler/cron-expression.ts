import { type CronField, HOURS, MINUTES, MONTHS, numbersOf, SECONDS } from './cron-field.ts';
import { dayOfMonthRule, dayOfWeekRule, type DayRule } from './day-rules.ts';

/** A cron expression of six fields, as Spring reads it. */
export interface CronExpression {
  /** In order, as minutes and hours are. */
  readonly seconds: readonly number[];
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly months: ReadonlySet<number>;
  /** Both fields for days must have it: unlike in Unix, none of them steps back for the other. */
  readonly isDay: DayRule;
}

const MACROS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 0 1 1 *',
  '@annually': '0 0 0 1 1 *',
  '@monthly': '0 0 0 1 * *',
  '@weekly': '0 0 0 * * 0',
  '@daily': '0 0 0 * * *',
  '@midnight': '0 0 0 * * *',
  '@hourly': '0 0 * * * *',
};

/** `undefined`: the text is no cron expression. */
export function parseCron(text: string): CronExpression | undefined {
  const fields = (MACROS[text.trim()] ?? text.trim()).split(/\s+/);
  const [second = '', minute = '', hour = '', date = '', month = '', weekday = ''] = fields;
  if (fields.length !== 6) return undefined;
  const seconds = numbers(SECONDS, second);
  const minutes = numbers(MINUTES, minute);
  const hours = numbers(HOURS, hour);
  const months = numbers(MONTHS, month);
  const isDate = anyOf(date, dayOfMonthRule);
  const isWeekday = anyOf(weekday, dayOfWeekRule);
  if (!seconds || !minutes || !hours || !months || !isDate || !isWeekday) return undefined;
  return { seconds, minutes, hours, months: new Set(months), isDay: (day) => isDate(day) && isWeekday(day) };
}

function numbers(field: CronField, text: string): readonly number[] | undefined {
  const entries = text.split(',').map((entry) => numbersOf(field, entry));
  if (entries.includes(undefined)) return undefined;
  return [...new Set(entries.flatMap((entry) => entry ?? []))].sort((a, b) => a - b);
}

function anyOf(text: string, read: (entry: string) => DayRule | undefined): DayRule | undefined {
  const rules = text.split(',').map(read);
  return rules.includes(undefined) ? undefined : (day) => rules.some((rule) => rule?.(day));
}
