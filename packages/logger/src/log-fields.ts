import { isErrorLike } from './error-parts.ts';
import { toPlain, type PlainValue } from './plain-value.ts';
import type { Redactor } from './redactor.ts';

/** The fields as plain data. What is not an object of fields (an error, a list, a text) becomes one. */
export function plainFields(fields: unknown, redactor: Redactor): { [key: string]: PlainValue } {
  if (fields === undefined || fields === null) return {};
  const plain = toPlain(asFields(fields), redactor);
  return typeof plain === 'object' && plain !== null && !Array.isArray(plain) ? plain : { value: plain };
}

/** The message without secrets. Programs without types pass errors and objects too. */
export function plainMessage(message: unknown, redactor: Redactor): string {
  const plain = toPlain(message, redactor);
  return typeof plain === 'string' ? plain : JSON.stringify(plain);
}

function asFields(fields: unknown): unknown {
  try {
    return isErrorLike(fields) ? { error: fields } : fields;
  } catch {
    return fields; // a proxy that throws: what can be told of it is told by `toPlain`
  }
}
