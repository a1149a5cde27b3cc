/** Shorter names resemble each other by chance. */
const MIN_LENGTH = 4;

/**
 * Was the one name most likely meant to be the other? Equal but for case and punctuation, one slip apart (a letter more,
 * less, other, or two exchanged), or short of an ending such as `Ms` or `Id`.
 */
export function looksLike(one: string, other: string): boolean {
  const a = bare(one);
  const b = bare(other);
  const shorter = Math.min(a.length, b.length);
  if (shorter < MIN_LENGTH) return a === b;
  let start = 0;
  while (start < shorter && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < shorter - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  // What is left of each between the beginning and the end that they share.
  const left = a.slice(start, a.length - end);
  const right = b.slice(start, b.length - end);
  if (start === shorter) return Math.max(left.length, right.length) <= 2;
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}

function bare(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
