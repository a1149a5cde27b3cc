import { internal } from './server-error.ts';
import type { JsonMap } from './json-map.ts';

/** Read members of a request as leniently as the real server's JSON mapper: numbers and texts convert into each other, and nulls count as absent where they can. */

export function isMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function readMap(value: unknown, type: string): JsonMap {
  if (isMap(value)) return value;
  throw cannotRead(value, type);
}

export function readOptionalMap(value: unknown, type: string): JsonMap | undefined {
  return value === undefined || value === null ? undefined : readMap(value, type);
}

export function readList(value: unknown, type: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw cannotRead(value, type);
}

export function readText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === undefined || value === null) return undefined;
  throw cannotRead(value, 'java.lang.String');
}

export function readNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (value === undefined || value === null || value === '') return undefined;
  const number = typeof value === 'string' ? Number(value) : Number.NaN;
  if (Number.isFinite(number)) return number;
  throw cannotRead(value, 'long');
}

/** A number that cannot be null: null and an empty text count as 0, and only an absent one as the default. */
export function readPlainNumber(value: unknown, otherwise: number): number {
  return readNumber(value) ?? (value === undefined ? otherwise : 0);
}

/** A flag that cannot be null: null and an empty text count as false, and only an absent one as the default. */
export function readPlainFlag(value: unknown, otherwise: boolean): boolean {
  return readFlag(value) ?? (value === undefined ? otherwise : false);
}

export function readFlag(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === undefined || value === null || value === '') return undefined;
  if (value === 'true') return true;
  if (value === 'false') return false;
  throw cannotRead(value, 'boolean');
}

export function readTexts(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  return readList(value, 'java.util.ArrayList<java.lang.String>').map((entry) => readText(entry) ?? '');
}

export function readTextMap(value: unknown): Record<string, string> {
  const map = readOptionalMap(value, 'java.util.LinkedHashMap<java.lang.String,java.lang.String>') ?? {};
  return Object.fromEntries(Object.entries(map).map(([key, entry]) => [key, readText(entry) ?? '']));
}

export function readChoice<T extends string>(value: unknown, choices: readonly T[], type: string): T | undefined {
  if (value === undefined || value === null) return undefined;
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  throw internal(
    `JSON parse error: Cannot deserialize value of type \`${type}\` from String ${JSON.stringify(value)}: not one of the values accepted for Enum class: [${choices.join(', ')}]`,
  );
}

function cannotRead(value: unknown, type: string): Error {
  if (value === undefined) return internal('Required request body is missing');
  return internal(`JSON parse error: Cannot deserialize value of type \`${type}\` from ${tokenOf(value)}`);
}

function tokenOf(value: unknown): string {
  if (Array.isArray(value)) return 'Array value (token `JsonToken.START_ARRAY`)';
  if (isMap(value)) return 'Object value (token `JsonToken.START_OBJECT`)';
  if (typeof value === 'string') return `String ${JSON.stringify(value)}`;
  if (typeof value === 'number') return 'Number value';
  return value === null ? 'null' : 'Boolean value';
}
