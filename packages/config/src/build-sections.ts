import type { ConductorLogger } from '@conductor-ts/logger';
import { MASK, maskUserInfo, showAs } from './mask.ts';
import type { PemContents } from './read-tls-files.ts';
import type { AuthSection, SettingValues, TlsSection, TransportSection } from './resolved-orkes-config.ts';
import { settingOf, type SettingField } from './settings.ts';

/** Which of our settings an option of the transport comes from. */
const OPTION_SETTINGS = {
  insecure: 'tlsInsecure',
  ca: 'tlsCaPath',
  cert: 'tlsCertPath',
  key: 'tlsKeyPath',
  http2: 'disableHttp2',
  maxHttp2Sessions: 'maxHttp2Connections',
  proxy: 'proxyUrl',
  connectTimeoutMs: 'connectTimeoutMs',
} as const satisfies Readonly<Record<string, SettingField>>;

export function buildTransportSection(
  values: SettingValues,
  pem: PemContents,
  logger: ConductorLogger | undefined,
): TransportSection {
  const { disableHttp2, maxHttp2Connections, connectTimeoutMs, proxyUrl } = values;
  const names = Object.entries(OPTION_SETTINGS).map(([option, field]) => [
    option,
    `${field} (${settingOf(field).variable})`,
  ]);
  const section = onlyGiven<TransportSection>({
    http2: disableHttp2 ? 'off' : 'auto',
    maxHttp2Sessions: maxHttp2Connections,
    connectTimeoutMs,
    tls: buildTlsSection(values, pem),
    proxy: proxyUrl,
    sensitiveHeaders: Object.freeze(['x-authorization']),
    settingNames: Object.freeze(Object.fromEntries(names)) as TransportSection['settingNames'],
    logger,
  });
  const masked = { ...section, proxy: proxyUrl && maskUserInfo(proxyUrl), logger: logger && MASK };
  return sealed(section, onlyGiven(masked));
}

function buildTlsSection({ tlsInsecure }: SettingValues, { cert, key, ca }: PemContents): TlsSection | undefined {
  const section = onlyGiven<TlsSection>({ cert, key, ca, insecure: tlsInsecure || undefined });
  const masked = Object.entries(section).map(([name, value]) => [name, typeof value === 'string' ? MASK : value]);
  return masked.length === 0 ? undefined : sealed(section, Object.fromEntries(masked) as object);
}

export function buildAuthSection({ keyId, keySecret, refreshTokenInterval }: SettingValues): AuthSection | undefined {
  if (keyId === undefined || keySecret === undefined) return undefined;
  return sealed({ keyId, keySecret, refreshTokenInterval }, { keyId: MASK, keySecret: MASK, refreshTokenInterval });
}

/** Without the members that are `undefined`: a section says nothing of what is not set. */
function onlyGiven<Section extends object>(members: {
  readonly [Name in keyof Section]: Section[Name] | undefined;
}): Section {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Section;
}

function sealed<Section extends object>(section: Section, view: object): Section {
  return Object.freeze(showAs(section, () => view));
}
