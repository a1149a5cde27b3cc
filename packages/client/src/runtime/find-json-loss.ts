import type { RequestProblem } from '../errors/invalid-request-error.ts';

const TROUBLE = 'the body holds a value that JSON would lose';

/**
 * Finds the first value that `JSON.stringify` would drop, flatten or choke on, and says where it is. Members that
 * are `undefined` are left out, as everybody expects; nothing else may vanish without a word.
 *
 * One walk that allocates next to nothing for sound bodies. Measured: half the time of `JSON.stringify` for small ones,
 * the same again for large ones; a replacer function costs more.
 */
export function findJsonLoss(body: unknown): RequestProblem | undefined {
  const loss = lossOf(body, []);
  if (!loss) return undefined;
  const path = loss.keys.toReversed().join('').replace(/^\./, '') || 'body';
  return { path, trouble: TROUBLE, advice: loss.advice };
}

/** `keys` grows from the value outwards, on the way back: a sound body pays nothing for it. */
interface Loss {
  readonly keys: string[];
  readonly advice: string;
}

function lossOf(value: unknown, ancestors: object[]): Loss | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return undefined;
    case 'number':
      return Number.isFinite(value) ? undefined : lost(`${value} would become null; send a finite number or null.`);
    case 'object':
      return value === null ? undefined : lossOfObject(value, ancestors);
    case 'bigint':
      return lost('a BigInt has no JSON form; send a number or a string.');
    case 'undefined':
      return lost('undefined would become null here; send null, or leave it out.');
    default:
      return lost(`a ${typeof value} has no JSON form; leave it out.`);
  }
}

function lossOfObject(value: object, ancestors: object[]): Loss | undefined {
  if (ancestors.includes(value)) return lost('the value contains itself; send ids instead.');
  const isArray = Array.isArray(value);
  if (!isArray) {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) {
      const advice = adviceForClass(value);
      if (advice !== undefined) return lost(advice);
      // It says itself what becomes of it (Decimal, URL, Buffer).
      if (hasToJson(value)) return undefined;
    }
  }
  ancestors.push(value);
  const loss = isArray ? lossInArray(value, ancestors) : lossInMembers(value, ancestors);
  ancestors.pop();
  return loss;
}

function lossInArray(items: readonly unknown[], ancestors: object[]): Loss | undefined {
  for (let index = 0; index < items.length; index += 1) {
    const loss = lossOf(items[index], ancestors);
    if (loss) {
      loss.keys.push(`[${index}]`);
      return loss;
    }
  }
  return undefined;
}

function lossInMembers(value: object, ancestors: object[]): Loss | undefined {
  // Keys and not entries: no pair is made for each member.
  for (const key of Object.keys(value)) {
    const member: unknown = (value as Readonly<Record<string, unknown>>)[key];
    if (member === undefined) continue;
    const loss = lossOf(member, ancestors);
    if (loss) {
      loss.keys.push(/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`);
      return loss;
    }
  }
  return undefined;
}

/** What to send in place of an object that would become `{}`, by its tag. */
const INSTEAD: readonly (readonly [tag: RegExp, instead: string])[] = [
  [/^Map$/, 'Object.fromEntries(map)'],
  [/^Set$/, '[...set]'],
  [/^Error$/, 'its message'],
  [/^(RegExp|Promise|WeakMap|WeakSet|ArrayBuffer)$/, 'what it stands for'],
];

/** Decided by the object's tag, not by `instanceof`: values from another realm (a Jest sandbox) count too. */
function adviceForClass(value: object): string | undefined {
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  const instead = INSTEAD.find(([fits]) => fits.test(tag))?.[1];
  if (instead !== undefined) return `${tag} would become {}; send ${instead}.`;
  if (tag === 'Date') return Number.isNaN((value as Date).getTime()) ? 'an invalid Date would become null.' : undefined;
  return ArrayBuffer.isView(value) && !hasToJson(value)
    ? `${tag} would become an object; send an array or a base64 string.`
    : undefined;
}

function hasToJson(value: object): boolean {
  return typeof (value as { toJSON?: unknown }).toJSON === 'function';
}

function lost(advice: string): Loss {
  return { keys: [], advice };
}
