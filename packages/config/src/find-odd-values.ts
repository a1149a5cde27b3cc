import type { Picked, PickedSettings } from './pick-setting.ts';

/** Values that are allowed, but probably not meant. */
export function findOddValues(picked: PickedSettings): string[] {
  return [...findDefaultedUrl(picked), ...findQuotedKeys(picked), ...findIdleTls(picked)];
}

function findDefaultedUrl({ serverUrl, keyId }: PickedSettings): string[] {
  if (serverUrl.source.from !== 'default' || keyId.value === undefined) return [];
  return [`Keys are set but no server URL: ${serverUrl.value} is used. Set serverUrl or CONDUCTOR_SERVER_URL`];
}

/** `docker run --env-file` keeps the quotes that the file has; the server then refuses the key without saying why. */
function findQuotedKeys({ keyId, keySecret }: PickedSettings): string[] {
  return [keyId, keySecret]
    .filter(({ value }) => /^(["']).*\1$/.test(String(value)))
    .map(({ name }) => `${name} begins and ends with a quote: remove both, unless they belong to it`);
}

function findIdleTls({ serverUrl, proxyUrl, tlsCertPath, tlsCaPath, tlsInsecure }: PickedSettings): string[] {
  const set = [tlsCertPath, tlsCaPath, tlsInsecure].filter(({ value }) => value !== undefined && value !== false);
  if (set.length === 0 || isHttps(serverUrl) || isHttps(proxyUrl)) return [];
  return [`The server URL begins with http:, so ${set.map(({ name }) => name).join(', ')} has no effect`];
}

function isHttps({ value }: Picked): boolean {
  return String(value).startsWith('https:');
}
