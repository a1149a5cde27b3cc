import type { Parsed } from './parsed.ts';
import { MAX_INTEGER } from './settings.ts';

/** Reads a whole number in decimal digits, from `min` to the largest delay a timer takes. */
export function parseInteger(raw: unknown, min: number, unit: string): Parsed<number> {
  const advice = `Give a whole number${unit === '' ? '' : ` of ${unit}`} from ${min} to ${MAX_INTEGER}.`;
  const number = typeof raw === 'string' && /^[+-]?\d{1,40}(\.\d{1,40})?$/.test(raw) ? Number(raw) : raw;
  // The text itself is not shown: it may be a secret that got into the wrong variable.
  if (typeof number !== 'number' || !Number.isFinite(number)) return { trouble: 'the value is not a number', advice };
  if (!Number.isInteger(number)) return { trouble: `${number} is not a whole number`, advice };
  if (number < min) return { trouble: `${number} is less than ${min}`, advice };
  if (number > MAX_INTEGER) return { trouble: `${number} is more than ${MAX_INTEGER}`, advice };
  return { value: number + 0 }; // -0 becomes 0
}
