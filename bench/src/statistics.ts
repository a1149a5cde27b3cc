/** The middle of several measurements, and how far they lie apart. */
export interface Spread {
  readonly median: number;
  /** The middle half of the measurements lies between these. */
  readonly low: number;
  readonly high: number;
}

/** NaN stands for a measurement that was not made. */
export function spreadOf(all: readonly number[]): Spread {
  const values = all.filter((value) => !Number.isNaN(value));
  return { median: quantile(values, 0.5), low: quantile(values, 0.25), high: quantile(values, 0.75) };
}

/** Between two measurements it is interpolated. */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) return Number.NaN;
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/** Round by round: what disturbs the machine for a while disturbs both sides of a pair. */
export function ratioOf(values: readonly number[], baseline: readonly number[]): Spread {
  return spreadOf(values.map((value, round) => value / (baseline[round] ?? Number.NaN)));
}
