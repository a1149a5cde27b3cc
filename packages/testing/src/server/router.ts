import type { Route } from './route.ts';

export type RouteMatch =
  | { readonly found: 'route'; readonly route: Route; readonly segments: Readonly<Record<string, string>> }
  /** The path exists, the method does not. */
  | { readonly found: 'path'; readonly methods: readonly string[] }
  | { readonly found: 'nothing' };

interface Node {
  readonly literals: Map<string, Node>;
  variable: Node | undefined;
  readonly routes: Map<string, Route>;
}

/** Spring's choice: of all templates that fit path and method, the one with literals further to the left wins. */
export class Router {
  readonly #root: Node = emptyNode();

  constructor(routes: Iterable<Route>) {
    for (const route of routes) this.#add(route);
  }

  /** `path` is raw: each segment is decoded after the split, so that an encoded character stays in its segment. */
  match(method: string, path: string): RouteMatch {
    const parts = path.split('/').slice(1).map(decodeSegment);
    const nodes = [...leaves(this.#root, parts, 0)];
    // Spring answers HEAD wherever it answers GET.
    const asked = method === 'HEAD' ? 'GET' : method;
    for (const node of nodes) {
      const route = node.routes.get(asked);
      if (route !== undefined) return { found: 'route', route, segments: nameSegments(route.path, parts) };
    }
    const methods = new Set<string>();
    for (const node of nodes) for (const known of node.routes.keys()) methods.add(known);
    return methods.size === 0 ? { found: 'nothing' } : { found: 'path', methods: [...methods] };
  }

  #add(route: Route): void {
    let node = this.#root;
    for (const part of route.path.split('/').slice(1))
      node = isVariable(part) ? variableOf(node) : literalOf(node, part);
    if (node.routes.has(route.method)) throw new Error(`Two routes for ${route.method} ${route.path}`);
    node.routes.set(route.method, route);
  }
}

/** Every node at the end of the path, the most literal one first. */
function* leaves(node: Node, parts: readonly string[], depth: number): Generator<Node> {
  const part = parts[depth];
  if (part === undefined) {
    if (node.routes.size > 0) yield node;
    return;
  }
  const literal = node.literals.get(part);
  if (literal !== undefined) yield* leaves(literal, parts, depth + 1);
  // An empty segment never fills a variable: that is why a trailing slash is a 404.
  if (node.variable !== undefined && part !== '') yield* leaves(node.variable, parts, depth + 1);
}

function nameSegments(template: string, parts: readonly string[]): Record<string, string> {
  const named: Record<string, string> = {};
  for (const [index, part] of template.split('/').slice(1).entries()) {
    if (isVariable(part)) named[part.slice(1, -1)] = parts[index] ?? '';
  }
  return named;
}

/** What follows a `;` is a matrix parameter and is dropped, unless the `;` is encoded. */
function decodeSegment(part: string): string {
  const [name = ''] = part.split(';', 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

const isVariable = (part: string): boolean => part.startsWith('{');
const emptyNode = (): Node => ({ literals: new Map(), variable: undefined, routes: new Map() });
const variableOf = (node: Node): Node => (node.variable ??= emptyNode());

function literalOf(node: Node, part: string): Node {
  const known = node.literals.get(part);
  if (known !== undefined) return known;
  const created = emptyNode();
  node.literals.set(part, created);
  return created;
}
