import { REDACTED } from './redacted.ts';

/**
 * Secrets that can be told by their surroundings alone: header lines, JSON and query pairs, tokens, URLs with a
 * password, private keys. A name filter misses them once they are inside a longer string. Every repetition is
 * bounded or runs to a fixed end, so that hostile text costs linear time.
 */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g, REDACTED],
  [/\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#"'<>]{1,1024}@/gi, `$1${REDACTED}@`],
  [
    /\b((?:x-|proxy-)?authorization|(?:set-)?cookie|x-api-key)(\\?["']?\s{0,9}[:=]\s{0,9}\\?["']?)[^\r\n"'\\]+/gi,
    `$1$2${REDACTED}`,
  ],
  [
    /(["'][\w-]{0,40}(?:secret|token|password|passphrase|apikey)\\?["']\s{0,9}:\s{0,9}\\?["'])[^"'\\]+/gi,
    `$1${REDACTED}`,
  ],
  [/([?&;\s][\w-]{0,40}(?:secret|token|password|passphrase|apikey)=)[^\s&"']+/gi, `$1${REDACTED}`],
  [/\b(Bearer|Basic)\s{1,9}[\w.~+/=-]{16,}/gi, `$1 ${REDACTED}`],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, REDACTED],
];

export function redactShapes(text: string): string {
  let result = text;
  for (const [shape, replacement] of SHAPES) result = result.replace(shape, replacement);
  return result;
}
