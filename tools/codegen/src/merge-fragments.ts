/** One YAML file of the source, parsed. */
export interface Fragment {
  /** Path below the source folder, with forward slashes. */
  readonly file: string;
  readonly content: unknown;
}

export interface Merged {
  readonly document: unknown;
  /** Things that two files both say. One sentence each. */
  readonly problems: readonly string[];
}

/**
 * Puts the fragments together, key by key, in the order given. Only maps are merged: anything else that two files
 * both define is a problem, since the later one would win in silence.
 */
export function mergeFragments(fragments: readonly Fragment[]): Merged {
  const document: PlainObject = {};
  const problems: string[] = [];
  const definedIn = new Map<string, string>();
  for (const { file, content } of fragments) {
    if (isPlainObject(content)) mergeInto(document, content, '', file);
    else problems.push(`${file}: is not a map. A file holds \`paths:\` or \`components:\` at its top.`);
  }
  return { document, problems };

  function mergeInto(target: PlainObject, source: PlainObject, pointer: string, file: string): void {
    for (const [key, value] of Object.entries(source)) {
      const here = `${pointer}/${key}`;
      const known = target[key];
      if (known === undefined) {
        target[key] = isPlainObject(value) ? {} : value;
        definedIn.set(here, file);
        if (isPlainObject(value)) mergeInto(target[key] as PlainObject, value, here, file);
      } else if (isPlainObject(known) && isPlainObject(value) && !isWhole(here)) {
        mergeInto(known, value, here, file);
      } else {
        problems.push(`${file}: ${here} is defined in ${definedIn.get(here)} already. Keep one of the two.`);
      }
    }
  }
}

/** Operations and schemas are defined whole, in one place: halves in two files would be hard to find. */
function isWhole(pointer: string): boolean {
  return /^\/paths\/.+\/(?:get|put|post|delete|patch|head|options)$|^\/components\/\w+\/[^/]+$/.test(pointer);
}

type PlainObject = Record<string, unknown>;

function isPlainObject(value: unknown): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
