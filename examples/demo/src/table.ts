/** Two columns, the first padded to its longest entry. */
export function table(rows: readonly (readonly [label: string, value: string | number])[]): string {
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`).join('\n');
}
