import { parseText } from './parse-text.ts';
import { isFault, type Parsed } from './parsed.ts';

export interface HttpUrl {
  readonly url: URL;
  readonly hasUserInfo: boolean;
}

/**
 * Reads an http or https URL without query and fragment. Stricter than the URL class, which drops tabs and newlines and
 * takes `http:host`, `http:///host` and backslashes: in a setting those are slips.
 */
export function parseHttpUrl(given: unknown, example: string): Parsed<HttpUrl> {
  const advice = `Give a URL such as ${example}.`;
  const parsed = parseText(given, 'URL', advice);
  if (isFault(parsed)) return parsed;
  const raw = parsed.value;
  if (/^(["'`]).*\1$/.test(raw)) return { trouble: 'the URL stands in quotes', advice: 'Remove the quotes.' };
  const [, scheme, authority = ''] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i.exec(raw) ?? [];
  if (scheme === undefined)
    return { trouble: 'the URL has no scheme', advice: `Begin it with http:// or https://, as in ${example}.` };
  if (!/^https?$/i.test(scheme)) return { trouble: 'the scheme of the URL is neither http nor https', advice };
  if (/[?#]/.test(raw))
    return { trouble: 'the URL has a query or a fragment', advice: 'Remove everything from the ? or # on.' };
  // What an unset variable leaves of `http://${HOST}:${PORT}/api`: the URL class takes the path for the host.
  const isIncomplete = /^$|:$/.test(authority);
  if (isIncomplete || /[\\ ]/.test(raw) || !URL.canParse(raw)) return { trouble: 'the URL is malformed', advice };
  return { value: { url: new URL(raw), hasUserInfo: authority.includes('@') } };
}
