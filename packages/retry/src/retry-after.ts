const MONTHS: readonly string[] = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** RFC 9110 section 5.6.7: the three forms of a date, and no other. */
const HTTP_DATES: readonly RegExp[] = [
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?<day>\d\d) (?<month>\w{3}) (?<year>\d{4}) (?<time>\d\d:\d\d:\d\d) GMT$/,
  /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?<day>\d\d)-(?<month>\w{3})-(?<year>\d\d) (?<time>\d\d:\d\d:\d\d) GMT$/,
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?<month>\w{3}) (?<day>[ \d]\d) (?<time>\d\d:\d\d:\d\d) (?<year>\d{4})$/,
];

/** One list member of the `RateLimit` field: `"policy";r=0;t=30`. `t`: seconds until the quota is there again. */
const REMAINING = /;\s*r=(\d+)(?=\s*(?:;|$))/;
const RESET = /;\s*t=(\d+)(?=\s*(?:;|$))/;

/** The one thing of `Headers` that is needed. */
export interface HeaderReader {
  get(name: string): string | null;
}

/** How long the server asks us to wait, in milliseconds; `undefined` when it does not say so in a form we know. */
export function retryAfterMs(headers: HeaderReader, nowMs: number): number | undefined {
  const value = headers.get('retry-after');
  // Retry-After wins over RateLimit (the IETF draft says so), also when its wait is 0.
  if (value !== null) return parseRetryAfter(value, nowMs);
  const rateLimit = headers.get('ratelimit');
  return rateLimit === null ? undefined : parseRateLimit(rateLimit);
}

/** RFC 9110 section 10.2.3: seconds, or a date. A date in the past means now. Anything else says nothing. */
export function parseRetryAfter(value: string, nowMs: number): number | undefined {
  const text = value.trim();
  // However many digits: more than a number holds is still a wait, and no reason to come back at once.
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1_000, Number.MAX_SAFE_INTEGER);
  const date = parseHttpDate(text, nowMs);
  return date === undefined ? undefined : Math.max(0, date - nowMs);
}

/** The longest reset among the policies that have nothing left. */
function parseRateLimit(value: string): number | undefined {
  let longest: number | undefined;
  for (const member of value.slice(0, 1_000).split(',')) {
    const remaining = REMAINING.exec(member)?.[1];
    const reset = RESET.exec(member)?.[1];
    if (reset === undefined || (remaining !== undefined && Number(remaining) > 0)) continue;
    longest = Math.max(longest ?? 0, Math.min(Number(reset) * 1_000, Number.MAX_SAFE_INTEGER));
  }
  return longest;
}

function parseHttpDate(text: string, nowMs: number): number | undefined {
  for (const form of HTTP_DATES) {
    const parts = form.exec(text)?.groups;
    if (parts !== undefined) return toInstant(parts, nowMs);
  }
  return undefined;
}

function toInstant(parts: Record<string, string>, nowMs: number): number | undefined {
  const { day, month = '', year = '', time = '' } = parts;
  const monthIndex = MONTHS.indexOf(month);
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number);
  // 60: a leap second.
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  const date = new Date(0);
  // Not Date.UTC: it takes the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(year.length === 2 ? fullYear(Number(year), nowMs) : Number(year), monthIndex, Number(day));
  // No such month, 31 Feb that has rolled over into March, or day 0 that has rolled back into January.
  if (date.getUTCMonth() !== monthIndex) return undefined;
  return date.setUTCHours(hour, minute, second);
}

/** RFC 9110 section 5.6.7: two digits that seem more than 50 years ahead mean the past century. */
function fullYear(twoDigits: number, nowMs: number): number {
  const thisYear = new Date(nowMs).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + twoDigits;
  return year > thisYear + 50 ? year - 100 : year;
}
