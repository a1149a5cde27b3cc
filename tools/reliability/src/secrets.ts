import { inspect } from 'node:util';

/** What may be seen nowhere. Every client of the matrix is given all of them. */
export const SECRETS = {
  keyId: 'marker-key-id-8255',
  keySecret: 'marker-secret-4711',
  token: 'marker-token-7302',
  otherToken: 'marker-token-7303',
  proxyPassword: 'marker-password-6118',
} as const;

/** What a test has shown to its user so far: errors in every form, and log lines. */
const shown: { readonly text: string; readonly from: string }[] = [];
let mostShown = '';

export function showError(error: unknown): void {
  const whole = inspect(error, { depth: null, showHidden: true });
  const own = whole.replace(STACK_LINES, '');
  if (own.length > mostShown.length) mostShown = own;
  const forms = [whole, inspect(error), String(error), JSON.stringify(error), (error as Error | undefined)?.stack];
  for (const text of forms) shown.push({ text: text ?? '', from: String(error) });
}

export function showLine(text: string): void {
  shown.push({ text, from: 'log' });
}

/** Every text with a secret in it, a line each, and what has grown too large; then starts anew. */
export function leaks(more: readonly string[] = []): string[] {
  const markers = [...Object.values(SECRETS), ...more];
  const found = shown
    .splice(0)
    .flatMap(({ text, from }) =>
      markers
        .filter((marker) => forms(marker).some((form) => text.includes(form)))
        .map((marker) => `${marker} in ${from}: ${text}`),
    );
  const tooLarge =
    mostShown.length > MAX_INSPECTED ? [`an inspected error of ${mostShown.length} characters: ${mostShown}`] : [];
  mostShown = '';
  return [...found, ...tooLarge];
}

/** With every cause and every hidden member. Lines of stacks are as long as the paths of the machine. */
const MAX_INSPECTED = 4_096;
const STACK_LINES = /^ +at .*$\n?/gm;

const forms = (marker: string): string[] => [
  marker,
  encodeURIComponent(marker),
  Buffer.from(marker).toString('base64').replace(/=+$/, ''),
];
