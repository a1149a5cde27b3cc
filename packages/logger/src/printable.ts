/**
 * C0 and C1 controls (a newline would forge a line, ESC and CSI steer a terminal), line and paragraph separators, and the
 * bidirectional overrides, which make text read differently from what it is (CVE-2021-42574).
 */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const UNPRINTABLE = /[\u0000-\u001F\u007F-\u009F\u061C\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

const SHORT: Readonly<Record<string, string>> = { '\n': String.raw`\n`, '\r': String.raw`\r`, '\t': String.raw`\t` };

/** The text on one line, with each control character written as its JSON escape. */
export function printable(text: string): string {
  return text.replace(
    UNPRINTABLE,
    (char) => SHORT[char] ?? String.raw`\u` + char.charCodeAt(0).toString(16).padStart(4, '0'),
  );
}
