import { REDACTED } from './redacted.ts';

/** Names of headers whose value is a secret as a whole. */
const HEADER = '(?:x-|proxy-)?authorization|(?:set-)?cookie|x-api-key';

/** Endings of names in JSON and in queries. */
const NAME = String.raw`[\w-]{0,40}(?:secret|token|password|passphrase|apikey)`;

/** A text in quotes of each kind: the quote, and what may stand behind it. Escaped ones are those of JSON inside JSON. */
const QUOTED: readonly (readonly [quote: string, rest: string])[] = [
  [String.raw`\\["']`, String.raw`[^"'\\]+`],
  ['"', String.raw`(?:[^"\\]|\\.)+`],
  ["'", String.raw`(?:[^'\\]|\\.)+`],
];

/** A name, with or without a quote before it, and the sign behind it. */
function nameAndSign(names: string): string {
  return String.raw`\b(?:${names})\\?["']?\s{0,9}[:=]\s{0,9}`;
}

/**
 * Secrets that can be told by their surroundings alone: header lines, JSON and query pairs, tokens, URLs with a
 * password, private keys. A name filter misses them once they are inside a longer string. Every repetition is
 * bounded or runs to a fixed end, so that hostile text costs linear time.
 */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g, REDACTED],
  [/\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#"'<>]{1,1024}@/gi, `$1${REDACTED}@`],
  ...QUOTED.map(([quote, rest]) => shape(`(${nameAndSign(`${HEADER}|${NAME}`)}${quote})${rest}`)),
  // Without quotes around it a header goes to the end of its line: a Digest value holds quotes of its own.
  shape(String.raw`(${nameAndSign(HEADER)})[^\s"'\\][^\r\n]*`),
  shape(String.raw`((?:^|[^\w-])${NAME}=)[^\s&"']+`),
  [/\b(Bearer|Basic)\s{1,9}[\w.~+/=-]{16,}/gi, `$1 ${REDACTED}`],
  [/(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, REDACTED],
];

/** The first group stays. */
function shape(source: string): readonly [RegExp, string] {
  return [new RegExp(source, 'gi'), `$1${REDACTED}`];
}

export function redactShapes(text: string): string {
  let result = text;
  for (const [shape, replacement] of SHAPES) result = result.replace(shape, replacement);
  return result;
}
