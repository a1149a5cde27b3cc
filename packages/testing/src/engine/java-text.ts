import { isMap } from './field-readers.ts';

/** A value as Java prints it: search results show payloads as `{x=1, y=[a, b]}`. */
export function javaText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((entry) => javaText(entry)).join(', ')}]`;
  if (isMap(value))
    return `{${Object.entries(value)
      .map(([key, entry]) => `${key}=${javaText(entry)}`)
      .join(', ')}}`;
  return String(value);
}
