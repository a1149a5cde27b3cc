import { TransportError } from './transport-error.ts';

/** A proxy to go through, and where it was configured. */
export interface ProxyRoute {
  readonly url: URL;
  /** The option `proxy`, as the application calls it, or the environment variable. */
  readonly source: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Which proxy serves a target: the option if there is one, else the environment, read as curl and undici do (the variable of the scheme,
 * then ALL_PROXY; lower case first).
 * @throws TransportError INVALID_PROXY
 */
export function chooseProxy(
  target: URL,
  option: string | false | undefined,
  env: Environment,
  optionName = 'proxy',
): ProxyRoute | undefined {
  if (option === false) return undefined;
  if (option !== undefined) return { url: parseProxyUrl(option, optionName), source: optionName };
  const scheme = target.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  for (const name of [scheme, scheme.toUpperCase(), 'all_proxy', 'ALL_PROXY']) {
    const value = env[name]?.trim();
    if (!value) continue;
    if (isExempt(target, env['no_proxy'] ?? env['NO_PROXY'] ?? '')) return undefined;
    return { url: parseProxyUrl(value, name), source: name };
  }
  return undefined;
}

/** `Basic ...` from the user and password of the URL, if it has any. */
export function proxyAuthorization(proxy: URL): string | undefined {
  if (proxy.username === '' && proxy.password === '') return undefined;
  const credentials = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return `Basic ${Buffer.from(credentials).toString('base64')}`;
}

export function parseProxyUrl(value: string, source: string): URL {
  // `host:port` is common in the variables; without a scheme, `host:` would be taken for one.
  const url =
    typeof value === 'string' ? URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:') || !canDecode(url)) {
    throw new TransportError('INVALID_PROXY', { source });
  }
  return url;
}

function canDecode(url: URL): boolean {
  try {
    // Each by itself, as they are used: together they may make a character that neither is.
    proxyAuthorization(url);
    return true;
  } catch {
    return false;
  }
}

/** NO_PROXY: a list of hosts, domain suffixes, addresses or `*`, each perhaps with a port. `*.example.com` leaves example.com itself out. */
export function isExempt(target: URL, noProxy: string): boolean {
  const host = bareHost(target.hostname);
  const port = target.port || (target.protocol === 'https:' ? '443' : '80');
  return noProxy.split(/[,\s]+/).some((entry) => {
    const match = /^(?:\[(?<v6>[^\]]+)\]|(?<name>[^:]+|[^:]*:[^:]*:.*))(?::(?<port>\d+))?$/.exec(entry);
    const name = match?.groups?.['v6'] ?? match?.groups?.['name'];
    if (name === undefined || (match?.groups?.['port'] !== undefined && match.groups['port'] !== port)) return false;
    if (name === '*') return true;
    const suffix = bareHost(name.replace(/^\*?\./, ''));
    return host.endsWith(`.${suffix}`) || (host === suffix && !name.startsWith('*'));
  });
}

/** Lower case, without the brackets of IPv6 and without the dot that marks a full name. */
function bareHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/(.)\.$/, '$1');
}
