const REDACTED = '[redacted]';
/** Shorter values would hit by chance and make messages unreadable; no real secret is that short. */
const MIN_SECRET_LENGTH = 4;
const MAX_DEPTH = 8;
/** What may be a JWT stands in one such run. It is searched in pieces: one expression for the whole goes over a long text again and again. */
const RUN = /[\w.-]+/g;
const JWT_START = /\beyJ[\w-]/;

/**
 * Told by their tag: it is the same for objects of another realm and of another copy of fetch, and the mere mention of
 * `Request` or `Headers` makes Node load its own fetch and set its global dispatchers.
 */
const CLOSED_KINDS = /^\[object (ArrayBuffer|SharedArrayBuffer|Map|Set|Request|Headers|FormData|Blob|File)\]$/;

/** Takes the given secrets out of whatever leaves this package in errors and logs. */
export interface Scrubber {
  text(value: string): string;
  /** The error itself where it holds no secret, else a plain copy without them. */
  cause(error: unknown): unknown;
}

/** For the secrets as they are now; values under 4 characters are passed over. JSON Web Tokens are found by their shape as well. */
export function createScrubber(secrets: readonly unknown[]): Scrubber {
  // The longest first: where one secret is part of another, the rest of the other would stay behind.
  const needles = [...new Set(secrets.flatMap(writtenForms))].sort((a, b) => b.length - a.length);
  const text = (value: string): string => {
    let clean = value;
    for (const needle of needles) clean = clean.replaceAll(needle, REDACTED);
    return clean.replaceAll(RUN, withoutJwts);
  };
  const isClean = (value: string): boolean => text(value) === value;
  return {
    text,
    cause(error) {
      try {
        return holdsOnly(error, isClean, new Set(), 0) ? error : copyOf(error, text, 0);
      } catch {
        // It throws when it is looked at: whether it holds a secret cannot be known.
        return undefined;
      }
    },
  };
}

/** Earlier tokens are not known any more, but may still be valid: three parts, of which the first begins as a JSON object does. */
function withoutJwts(run: string): string {
  const parts = run.split('.');
  const kept: string[] = [];
  for (let i = 0; i < parts.length; i += 1) {
    const part = parts[i] ?? '';
    const start = i + 2 < parts.length && parts[i + 1] !== '' ? part.search(JWT_START) : -1;
    kept.push(start < 0 ? part : part.slice(0, start) + REDACTED);
    if (start >= 0) i += 2;
  }
  return kept.join('.');
}

/** A secret as it stands, inside JSON, and inside a URL. */
function writtenForms(secret: unknown): string[] {
  if (typeof secret !== 'string' || secret.length < MIN_SECRET_LENGTH) return [];
  const forms = [secret, JSON.stringify(secret).slice(1, -1)];
  try {
    return [...forms, encodeURIComponent(secret)];
  } catch {
    // An unpaired surrogate cannot be written in a URL.
    return forms;
  }
}

/** Walks all own properties, hidden ones too: a foreign fetch may hang the whole request, body included, on its error. */
function holdsOnly(value: unknown, isClean: (text: string) => boolean, seen: Set<object>, depth: number): boolean {
  if (typeof value === 'string') return isClean(value);
  if (typeof value !== 'object' || value === null || seen.has(value)) return true;
  if (depth > MAX_DEPTH) return false;
  seen.add(value);
  // Bytes and hidden contents cannot be searched this way, so they count as dirty.
  if (ArrayBuffer.isView(value) || CLOSED_KINDS.test(Object.prototype.toString.call(value))) return false;
  return Reflect.ownKeys(value).every((key) => {
    // Getters too: what prints the error calls them.
    return isClean(String(key)) && holdsOnly(Reflect.get(value, key), isClean, seen, depth + 1);
  });
}

function copyOf(error: unknown, text: (value: string) => string, depth: number): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? text(error) : undefined;
  // Anything may have been put into these, whatever their types say.
  const { message, name, stack = '' }: { message: unknown; name: unknown; stack?: unknown } = error;
  const copy = new Error(text(String(message)));
  copy.name = text(String(name));
  copy.stack = text(String(stack));
  if ('code' in error && typeof error.code === 'string') Object.assign(copy, { code: text(error.code) });
  if (error.cause !== undefined && depth < MAX_DEPTH) copy.cause = copyOf(error.cause, text, depth + 1);
  return copy;
}
