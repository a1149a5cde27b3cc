import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { PROSE_EXCEPTIONS } from './prose-exceptions.ts';

/** Members that hold sentences: a server, or the library below, may reword them at any time. */
const PROSE: readonly string[] = [
  'message',
  'serverMessage',
  'statusText',
  'reason',
  'reasonForIncompletion',
  'snippet',
];
/** Methods of strings that ask what a sentence says. */
const QUESTIONS: readonly string[] = ['includes', 'startsWith', 'endsWith', 'match', 'matchAll', 'search', 'indexOf'];
/** The embedded server makes the sentences; it does not read them. */
const SOURCES: readonly string[] = ['packages/{auth,client,config,logger,retry,transport,worker}/src/**/*.ts'];

/** Every place where code decides by what a sentence says, as one readable line each. */
export function proseDecisions(root: string): string[] {
  return globSync(SOURCES, { cwd: root })
    .filter((file) => !file.endsWith('.gen.ts'))
    .sort()
    .flatMap((file) => proseDecisionsIn(file, readFileSync(join(root, file), 'utf8')));
}

/** The same for one source text. */
export function proseDecisionsIn(file: string, source: string): string[] {
  const { program, errors } = parseSync(file, source);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${file}: ${error.message}`);
  const found: string[] = [];
  const blame = (node: unknown): void => {
    const prose = proseIn(node);
    if (prose === undefined) return;
    const read = `${file}: ${source.slice(prose.start, prose.end)}`;
    if (!(read in PROSE_EXCEPTIONS)) found.push(`${read} is read to decide something: use a code, a status or a class`);
  };
  new Visitor({
    CallExpression({ callee, arguments: args }) {
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
      const method = callee.property.name;
      if (QUESTIONS.includes(method)) blame(callee.object);
      else if (method === 'test' || method === 'exec') args.forEach(blame);
    },
    BinaryExpression({ operator, left, right }) {
      if (!/^[!=]==?$/.test(operator)) return;
      if (isWords(right)) blame(left);
      if (isWords(left)) blame(right);
    },
    SwitchStatement({ discriminant }) {
      blame(discriminant);
    },
  }).visit(program);
  return found;
}

interface Prose {
  readonly start: number;
  readonly end: number;
}

/** The member with a sentence that an expression takes its text from: `error.message`, also in `String(error.message).toLowerCase()`. */
function proseIn(node: unknown): Prose | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  const { type, property, object, callee, arguments: args, expression, left, right, expressions } = node as ProseNode;
  if (type === 'MemberExpression') return PROSE.includes(nameOf(property)) ? (node as Prose) : proseIn(object);
  if (type === 'CallExpression') return proseIn(callee) ?? args?.map(proseIn).find((one) => one !== undefined);
  if (type === 'LogicalExpression') return proseIn(left) ?? proseIn(right);
  if (type === 'TemplateLiteral') return expressions?.map(proseIn).find((one) => one !== undefined);
  return proseIn(expression);
}

interface ProseNode {
  readonly type: string;
  readonly property?: unknown;
  readonly object?: unknown;
  readonly callee?: unknown;
  readonly arguments?: readonly unknown[];
  readonly expression?: unknown;
  readonly left?: unknown;
  readonly right?: unknown;
  readonly expressions?: readonly unknown[];
}

/** A text with something in it: to ask whether there is a sentence at all is no trouble. */
function isWords(node: unknown): boolean {
  const { type, value } = node as { type: string; value?: unknown };
  return type === 'Literal' && typeof value === 'string' && value !== '';
}

/** Of `error.message` and of `error['message']`. */
function nameOf(property: unknown): string {
  const { name, value } = property as { name?: string; value?: unknown };
  return name ?? (typeof value === 'string' ? value : '');
}
