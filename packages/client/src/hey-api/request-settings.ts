import type { Fetch } from '../runtime/call.ts';
import { refusal } from '../runtime/refusal.ts';
import { plainHeaders } from './plain-headers.ts';
import type { RequestConfig, ResponseStyle } from './request-options.ts';

/** All settings, none absent. */
export interface ResolvedRequestConfig {
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: Fetch;
  readonly throwOnError: boolean;
  readonly responseStyle: ResponseStyle;
}

/** Holds what `setConfig` may change. Lives as long as the client. */
export interface RequestSettings {
  get(): ResolvedRequestConfig;
  set(change: RequestConfig): ResolvedRequestConfig;
}

export function createRequestSettings(baseUrl: string, fetch: Fetch): RequestSettings {
  let now: ResolvedRequestConfig = { baseUrl, headers: {}, fetch, throwOnError: true, responseStyle: 'fields' };
  return {
    get: () => now,
    set(change) {
      now = {
        baseUrl: change.baseUrl === undefined ? now.baseUrl : sameServer(now.baseUrl, change.baseUrl),
        headers: withHeaders(now.headers, plainHeaders(change.headers)),
        fetch: change.fetch ?? now.fetch,
        throwOnError: change.throwOnError ?? now.throwOnError,
        responseStyle: change.responseStyle ?? now.responseStyle,
      };
      return now;
    },
  };
}

function withHeaders(
  now: Readonly<Record<string, string>>,
  change: Readonly<Record<string, string | null>>,
): Record<string, string> {
  const headers = { ...now };
  for (const [name, value] of Object.entries(change)) {
    if (value === null) delete headers[name];
    else headers[name] = value;
  }
  return headers;
}

/** Tokens belong to one server: another origin needs a client, with keys, of its own. */
function sameServer(now: string, next: string): string {
  const url = URL.parse(next);
  if (url?.origin === new URL(now).origin) return next.replace(/(?<!\/)\/+$/, '');
  const advice = 'give one with the same scheme, host and port, or create another client.';
  throw refusal({ name: 'setConfig' }, 'baseUrl', 'the base URL is not one of this server', advice);
}
