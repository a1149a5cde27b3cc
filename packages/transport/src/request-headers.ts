import { TransportError } from './transport-error.ts';

/** Lower-case names, checked values, no duplicates. */
export type HeaderRecord = Record<string, string>;

/**
 * Names that describe one connection (RFC 9110 section 7.6.1) or that the transport computes itself. They are left out in silence, because
 * code that forwards a request often copies them; in an HTTP/2 request one of them can end the whole session.
 */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Of these a list makes no sense: the last one given counts. */
const SINGLE: ReadonlySet<string> = new Set([
  'authorization',
  'content-type',
  'content-encoding',
  'user-agent',
  'referer',
  'etag',
]);

/** What names of headers and methods are made of (RFC 9110 section 5.6.2). */
export const TOKEN: RegExp = /^[!#$%&'*+.^_`|~\w-]+$/;
const NOT_IN_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

const LEAVE_OUT = '';
/** Process-wide and bounded: programs use few names. Maps a name as written to its checked lower-case form. */
const checkedNames = new Map<string, string>();

type HeaderInput = Iterable<readonly [string, string]> | Record<string, unknown> | null | undefined;

/** Adds everything in `input` (array of pairs, plain object, or any copy's Headers) to `into`. @throws TransportError INVALID_HEADER */
export function addHeaders(into: HeaderRecord, input: HeaderInput): void {
  if (input === null || input === undefined) return;
  if (typeof input !== 'object') throw new TransportError('INVALID_REQUEST', { detail: 'headers' });
  if (Symbol.iterator in input) {
    for (const pair of input as Iterable<unknown>) {
      if (!Array.isArray(pair) || pair.length !== 2) throw new TransportError('INVALID_REQUEST', { detail: 'headers' });
      addHeader(into, String(pair[0]), pair[1]);
    }
    return;
  }
  for (const name of Object.keys(input)) addHeader(into, name, input[name]);
}

function addHeader(into: HeaderRecord, rawName: string, rawValue: unknown): void {
  const name = checkedNames.get(rawName) ?? checkName(rawName);
  if (name === LEAVE_OUT) return;
  // `undefined` as in { 'x-trace': trace }: an absent header, not the text "undefined".
  if (rawValue === undefined) return;
  const value = typeof rawValue === 'string' ? trim(rawValue) : stringify(name, rawValue);
  if (NOT_IN_VALUE.test(value)) throw new TransportError('INVALID_HEADER', { header: name });
  const earlier = into[name];
  if (earlier === undefined || SINGLE.has(name)) into[name] = value;
  else if (earlier !== value) into[name] = `${earlier}${name === 'cookie' ? '; ' : ', '}${value}`;
}

function stringify(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => trim(String(item))).join(', ');
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  throw new TransportError('INVALID_HEADER', { header: name });
}

function checkName(rawName: string): string {
  const lower = rawName.toLowerCase();
  if (!TOKEN.test(rawName)) throw new TransportError('INVALID_HEADER', { header: printable(lower) });
  // A plain object cannot carry it, and nobody means it.
  if (lower === '__proto__') return LEAVE_OUT;
  const checked = LEFT_OUT.has(lower) ? LEAVE_OUT : lower;
  if (checkedNames.size < 500) checkedNames.set(rawName, checked);
  return checked;
}

function printable(name: string): string {
  return name.replace(/[^\x21-\x7e]/g, '?').slice(0, 100);
}

/** Space, tab and line ends at both ends belong to no value (fetch's normalisation); inside, line ends stay an error. */
function trim(value: string): string {
  const first = value.charCodeAt(0);
  const last = value.charCodeAt(value.length - 1);
  return first <= 32 || last <= 32 ? value.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '') : value;
}
