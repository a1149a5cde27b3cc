import { REDACTED } from './redacted.ts';
import { secretForms } from './secret-forms.ts';
import { redactShapes } from './secret-shapes.ts';
import { isSensitiveKey } from './sensitive-keys.ts';

/** Removes secrets from text, and knows the field names whose values are removed whole. */
export interface Redactor {
  /** At most `limit` characters of the text, without secrets. */
  text(value: string, limit: number): string;
  isSensitive(key: string): boolean;
}

/** What to redact beside the well-known names and shapes. */
export interface RedactOptions {
  /**
   * The secrets, or a function that gives those of now (a token changes). Each is found in its plain, JSON,
   * URL-encoded and base64 spelling. Values under 4 characters are ignored. @default []
   */
  readonly redact?: readonly (string | undefined)[] | (() => readonly (string | undefined)[]) | undefined;
  /** Field names that hold secrets, beside the well-known ones; case and punctuation do not matter. @default [] */
  readonly sensitiveKeys?: readonly string[] | undefined;
}

export function createRedactor(options: RedactOptions = {}): Redactor {
  const { redact = [], sensitiveKeys = [] } = options;
  let known: readonly (string | undefined)[] = [];
  let search = searchFor(known);

  /** Lives as long as the logger; the spellings are made again only when the secrets have changed. */
  function current(): Search {
    const secrets = typeof redact === 'function' ? redact() : redact;
    if (secrets.length !== known.length || secrets.some((secret, index) => secret !== known[index])) {
      known = [...secrets];
      search = searchFor(known);
    }
    return search;
  }

  return {
    text(value, limit) {
      const { forms, longest } = current();
      const cut = value.length > limit + longest;
      // Secrets go before the text is cut: half a secret would no longer be found. The end of the window may hold
      // such a half itself, so as much as the longest secret is dropped from it.
      const window = cut ? value.slice(0, limit + longest) : value;
      const clean = redactShapes(withoutForms(window, forms));
      const kept = cut ? clean.slice(0, Math.max(0, clean.length - longest)) : clean;
      if (!cut && kept.length <= limit) return kept;
      return `${kept.slice(0, limit)}… (${value.length} characters)`;
    },
    isSensitive: (key) => isSensitiveKey(key, sensitiveKeys),
  };
}

interface Search {
  /** All spellings of all secrets. */
  readonly forms: readonly string[];
  /** What is cut off at the end of a window, as its rest may be a secret. */
  readonly longest: number;
}

/** Longest secret that is told by its surroundings: a password in a URL, up to the @ behind it. */
const LONGEST_SHAPE = 2_048;

function searchFor(secrets: readonly (string | undefined)[]): Search {
  const all = new Set<string>();
  for (const secret of secrets) {
    if (typeof secret === 'string') for (const form of secretForms(secret)) all.add(form);
  }
  // The longest first: of two secrets one may be the beginning of the other.
  const forms = [...all].sort((a, b) => b.length - a.length);
  return { forms, longest: Math.max(LONGEST_SHAPE, forms[0]?.length ?? 0) };
}

/** One after the other, as text: a pattern of them all takes milliseconds to compile, and is refused for its size with a secret of 100 kB. */
function withoutForms(text: string, forms: readonly string[]): string {
  let result = text;
  for (const form of forms) result = result.replaceAll(form, REDACTED);
  return result;
}
