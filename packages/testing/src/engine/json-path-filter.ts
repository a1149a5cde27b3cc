/** Whether an entry passes the condition in `[?(…)]`. */
export type Filter = (entry: unknown) => boolean;

/** Gives what reads the value at a path below an entry; undefined when it is no path. */
export type PathReader = (path: string) => ((entry: unknown) => unknown) | undefined;

const TERM = /^(!?)\s*@([^\s=!<>]*)\s*(?:(==|!=|<=|>=|<|>)\s*(.+))?$/s;

/** Reads comparisons such as `@.price < 10 && @.kind == 'book'`; undefined for anything beyond that. */
export function parseFilter(text: string, readerOf: PathReader): Filter | undefined {
  const choices: Filter[][] = [];
  for (const choice of splitOutsideQuotes(text, '||')) {
    const terms: Filter[] = [];
    for (const part of splitOutsideQuotes(choice, '&&')) {
      const term = parseTerm(part.trim(), readerOf);
      if (!term) return undefined;
      terms.push(term);
    }
    choices.push(terms);
  }
  return (entry) => choices.some((terms) => terms.every((term) => term(entry)));
}

function parseTerm(text: string, readerOf: PathReader): Filter | undefined {
  const match = TERM.exec(text);
  if (!match) return undefined;
  const [, not, path = '', compare, literal] = match;
  const read = readerOf(path);
  if (!read) return undefined;
  if (compare === undefined || literal === undefined) return (entry) => (read(entry) !== null) !== (not === '!');
  const wanted = readLiteral(literal.trim());
  return wanted && ((entry) => isSo(read(entry), compare, wanted.value));
}

function isSo(actual: unknown, compare: string, wanted: unknown): boolean {
  if (compare === '==') return actual === wanted;
  if (compare === '!=') return actual !== wanted;
  if (typeof actual === 'number' && typeof wanted === 'number') return isInOrder(actual - wanted, compare);
  if (typeof actual === 'string' && typeof wanted === 'string')
    return isInOrder(actual < wanted ? -1 : Number(actual > wanted), compare);
  return false;
}

function isInOrder(order: number, compare: string): boolean {
  if (order === 0) return compare.endsWith('=');
  return compare.startsWith('<') ? order < 0 : order > 0;
}

function readLiteral(text: string): { readonly value: unknown } | undefined {
  const quoted = /^(['"])(.*)\1$/s.exec(text);
  if (quoted) return { value: quoted[2] };
  if (text === 'true' || text === 'false') return { value: text === 'true' };
  if (text === 'null') return { value: null };
  const number = Number(text);
  return Number.isNaN(number) ? undefined : { value: number };
}

function splitOutsideQuotes(text: string, separator: '&&' | '||'): string[] {
  const parts = [''];
  for (const piece of text.split(/('[^']*'|"[^"]*"|&&|\|\|)/)) {
    if (piece === separator) parts.push('');
    else parts[parts.length - 1] += piece;
  }
  return parts;
}
