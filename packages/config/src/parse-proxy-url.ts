import { parseHttpUrl } from './parse-http-url.ts';
import { isFault, type Parsed } from './parsed.ts';

/** Reads the proxy's URL. It may hold user and password. */
export function parseProxyUrl(raw: unknown): Parsed<string> {
  const parsed = parseHttpUrl(raw, 'http://proxy.example.com:3128');
  if (isFault(parsed)) return parsed;
  const { url } = parsed.value;
  if (url.pathname !== '/') return { trouble: 'the URL has a path', advice: 'Give scheme, host and port only.' };
  if (!isDecodable(url.username) || !isDecodable(url.password)) {
    return {
      trouble: 'user or password holds a % that begins no escape',
      advice: 'Write a % as %25, a @ as %40 and a : as %3A.',
    };
  }
  return { value: url.href.replace(/\/$/, '') };
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
