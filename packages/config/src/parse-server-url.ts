import { parseHttpUrl } from './parse-http-url.ts';
import { isFault, type Parsed } from './parsed.ts';

/** Reads the server's URL and gives its root: no slash and no `/api` at the end, as each call appends `/api/…`. */
export function parseServerUrl(raw: unknown): Parsed<string> {
  const parsed = parseHttpUrl(raw, 'https://conductor.example.com');
  if (isFault(parsed)) return parsed;
  const { url, hasUserInfo } = parsed.value;
  if (hasUserInfo) {
    return {
      trouble: 'the URL holds a user name or password',
      advice: 'Remove what stands before the @; use keyId and keySecret.',
    };
  }
  const path = url.pathname.replaceAll(/\/{2,}/g, '/').replace(/\/$/, '');
  return { value: url.origin + path.replace(/\/api$/, '') };
}
