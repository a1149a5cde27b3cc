/** An import of many names, one a line; an empty text when there are none. */
export function importNames(names: readonly string[], from: string, keyword: 'import' | 'import type'): string {
  return names.length === 0 ? '' : `${keyword} {\n${names.map((name) => `  ${name},\n`).join('')}} from '${from}';`;
}

/** Of the schemas that signatures mention, imports those that this text uses. */
export function importTypes(text: string, mentioned: ReadonlySet<string>): string {
  const words = new Set(text.match(/[A-Za-z_$][\w$]*/g));
  return importNames([...mentioned].filter((name) => words.has(name)).sort(), './types.gen.ts', 'import type');
}

/** Puts the parts of a file together and leaves out those that are empty. */
export function joinParts(parts: readonly string[], between: string): string {
  return parts.filter((part) => part !== '').join(between);
}
