/** The numbers that a field of a cron expression stands for, and the names that it may use for them. */
export interface CronField {
  readonly min: number;
  readonly max: number;
  /** From `min` on. */
  readonly names?: readonly string[];
}

export const SECONDS: CronField = { min: 0, max: 59 };
export const MINUTES: CronField = SECONDS;
export const HOURS: CronField = { min: 0, max: 23 };
export const DAYS: CronField = { min: 1, max: 31 };
export const MONTHS: CronField = {
  min: 1,
  max: 12,
  names: 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' '),
};
/** 0 and 7 are both Sunday. */
export const WEEKDAYS: CronField = { min: 0, max: 7, names: 'SUN MON TUE WED THU FRI SAT'.split(' ') };

/** The numbers of one entry of a field: `*`, `5`, `1-5`, `MON-FRI`, or any of them with `/step`. `undefined`: it is none. */
export function numbersOf(field: CronField, entry: string): readonly number[] | undefined {
  const [range = '', stepText, ...more] = entry.split('/');
  const step = stepText === undefined ? 1 : Number(/^\d+$/.exec(stepText)?.[0]);
  const bounds = boundsOf(field, range, stepText !== undefined);
  if (more.length > 0 || bounds === undefined || !(step >= 1)) return undefined;
  const numbers: number[] = [];
  for (let number = bounds.from; number <= bounds.to; number += step) numbers.push(number);
  return numbers;
}

function boundsOf(field: CronField, range: string, hasStep: boolean): { from: number; to: number } | undefined {
  if (range === '*') return { from: field.min, to: field.max };
  const [first = '', last, ...more] = range.split('-');
  let from = numberOf(field, first);
  // `5/10` goes on to the end; a mere `5` is itself.
  const to = last === undefined ? (hasStep ? field.max : from) : numberOf(field, last);
  // A week may begin with its Sunday.
  if (field === WEEKDAYS && from === 7 && last !== undefined) from = 0;
  return more.length > 0 || from === undefined || to === undefined || from > to ? undefined : { from, to };
}

export function numberOf({ min, max, names = [] }: CronField, text: string): number | undefined {
  const named = names.indexOf(text.toUpperCase());
  const number = named >= 0 ? named + min : Number(/^\d+$/.exec(text)?.[0]);
  return number >= min && number <= max ? number : undefined;
}
