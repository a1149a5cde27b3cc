import { parseSync } from 'oxc-parser';

/** One declaration at the top of a declaration file. */
interface Declaration {
  readonly name: string;
  readonly text: string;
}

/**
 * What a user can name or see of a package, from its bundled declarations: one declaration after the other by name, without
 * comments, so that a change of the report is a change of the surface. Deprecations stay, since they are a part of it.
 */
export function publicSurface(file: string, source: string): string {
  const { program, comments, errors } = parseSync(file, source);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${file}: ${error.message}`);
  const text = (start: number, end: number): string => withoutComments(source, comments, start, end);
  const imports: string[] = [];
  const declarations: Declaration[] = [];
  const exported = new Map<string, string>();
  for (const statement of program.body) {
    switch (statement.type) {
      case 'ImportDeclaration':
        imports.push(text(statement.start, statement.end));
        break;
      case 'ExportNamedDeclaration':
        for (const { local, exported: outer } of statement.specifiers) exported.set(nameOf(local), nameOf(outer));
        if (statement.source !== null) imports.push(text(statement.start, statement.end));
        else if (statement.declaration !== null) {
          const { start, end } = statement.declaration;
          const name = declaredName(statement.declaration);
          exported.set(name, name);
          declarations.push({ name, text: text(start, end) });
        }
        break;
      case 'EmptyStatement':
        break;
      default:
        declarations.push({ name: declaredName(statement), text: text(statement.start, statement.end) });
    }
  }
  const inOrder = declarations.sort((a, b) => compare(a.name, b.name) || compare(a.text, b.text));
  return [
    ...imports.sort(compare),
    ...inOrder.map((one) => `${heading(one.name, exported)}\n${one.text}`),
    ...passedOn(exported, declarations),
  ].join('\n\n');
}

function heading(name: string, exported: ReadonlyMap<string, string>): string {
  const outer = exported.get(name);
  if (outer === undefined) return '// seen only through others';
  return outer === name ? '// exported' : `// exported as ${outer}`;
}

/** Names that come from another package and are exported here. */
function passedOn(exported: ReadonlyMap<string, string>, declarations: readonly Declaration[]): readonly string[] {
  const own = new Set(declarations.map(({ name }) => name));
  const names = [...exported].filter(([local]) => !own.has(local)).map(([local, outer]) => passedName(local, outer));
  return names.length === 0 ? [] : [`// exported from other packages\n${names.sort(compare).join('\n')}`];
}

function passedName(local: string, outer: string): string {
  return local === outer ? local : `${local} as ${outer}`;
}

function declaredName(node: object): string {
  const { id, declarations } = node as { id?: unknown; declarations?: readonly { readonly id: unknown }[] };
  return nameOf(declarations?.[0]?.id ?? id ?? {});
}

function nameOf(node: unknown): string {
  const { name, value } = node as { name?: string; value?: string };
  return name ?? value ?? '';
}

interface Comment {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

function withoutComments(source: string, comments: readonly Comment[], start: number, end: number): string {
  let text = '';
  let from = start;
  for (const comment of comments) {
    if (comment.start < start || comment.end > end) continue;
    text += source.slice(from, comment.start) + (comment.value.includes('@deprecated') ? '/** @deprecated */' : '');
    from = comment.end;
  }
  text += source.slice(from, end);
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .join('\n');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
