export function lintDocument(_document: unknown): readonly string[] {
  return [];
}
