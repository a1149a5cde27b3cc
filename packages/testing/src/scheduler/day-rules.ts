import { DAYS, numberOf, numbersOf, WEEKDAYS } from './cron-field.ts';

/** Whether a rule has a day: an instant of midnight, whose UTC fields are the date. */
export type DayRule = (day: Date) => boolean;

const anyDay: DayRule = () => true;

/** One entry of the field for the day of the month: numbers, `L` the last day, `L-3`, `LW` the last weekday, `15W` the weekday next to it. */
export function dayOfMonthRule(entry: string): DayRule | undefined {
  if (entry === '*' || entry === '?') return anyDay;
  if (entry === 'L') return (day) => day.getUTCDate() === lastOf(day);
  if (entry === 'LW') return (day) => isWeekday(day) && lastOf(day) - day.getUTCDate() <= daysOffAfter(day);
  const before = /^L-(\d{1,2})$/.exec(entry)?.[1];
  if (before !== undefined) return (day) => day.getUTCDate() === lastOf(day) - Number(before);
  const near = /^(\d{1,2})W$/.exec(entry)?.[1];
  if (near !== undefined) return numberOf(DAYS, near) === undefined ? undefined : weekdayNextTo(Number(near));
  const numbers = numbersOf(DAYS, entry);
  return numbers && ((day) => numbers.includes(day.getUTCDate()));
}

/** One entry of the field for the day of the week: numbers and names, `5L` the last Friday of the month, `MON#1` its first Monday. */
export function dayOfWeekRule(entry: string): DayRule | undefined {
  if (entry === '*' || entry === '?') return anyDay;
  const [, name = '', ordinal] = /^(\w+?)(?:L|#(\d))$/.exec(entry) ?? [];
  if (name !== '') {
    const weekday = numberOf(WEEKDAYS, name);
    if (weekday === undefined || ordinal === '0') return undefined;
    const isIt: DayRule = (day) => day.getUTCDay() === weekday % 7;
    return ordinal === undefined
      ? (day) => isIt(day) && day.getUTCDate() > lastOf(day) - 7
      : (day) => isIt(day) && Math.ceil(day.getUTCDate() / 7) === Number(ordinal);
  }
  const numbers = numbersOf(WEEKDAYS, entry)?.map((number) => number % 7);
  return numbers && ((day) => numbers.includes(day.getUTCDay()));
}

/** On a Saturday the Friday before it, on a Sunday the Monday after, but never in another month. */
function weekdayNextTo(wanted: number): DayRule {
  return (day) => {
    const date = day.getUTCDate();
    // A month that lacks the day is left out.
    if (wanted > lastOf(day)) return false;
    if (date === wanted) return isWeekday(day);
    if (day.getUTCDay() === FRIDAY) return date === wanted - 1;
    return day.getUTCDay() === MONDAY && (date === wanted + 1 || (wanted === 1 && date === 3));
  };
}

const MONDAY = 1;
const FRIDAY = 5;
const isWeekday = (day: Date): boolean => day.getUTCDay() >= MONDAY && day.getUTCDay() <= FRIDAY;
const lastOf = (day: Date): number => new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
/** How many days of the weekend come after a weekday. */
const daysOffAfter = (day: Date): number => (day.getUTCDay() === FRIDAY ? 2 : 0);
