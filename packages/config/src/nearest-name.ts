/** The known name that was probably meant: equal but for case and punctuation, or a slip or two away. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const bare = bareName(name);
  const allowed = Math.max(1, Math.floor(bare.length / 5));
  let best: string | undefined;
  let fewest = allowed + 1;
  for (const candidate of known) {
    const slips = editDistance(bare, bareName(candidate), fewest);
    if (slips < fewest) {
      best = candidate;
      fewest = slips;
    }
  }
  return best;
}

function bareName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** Levenshtein distance, or `limit` where it is not below that. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + change));
    }
    row = next;
  }
  return row[b.length] ?? limit;
}
