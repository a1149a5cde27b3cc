import type { ConductorLogger } from '@conductor-ts/logger';
import { MASK, maskUserInfo, showAs } from './mask.ts';
import type { PemContents } from './read-tls-files.ts';
import type { AuthSection, SettingValues, TlsSection, TransportSection } from './resolved-orkes-config.ts';
import { settingOf, type SettingField } from './settings.ts';

export function buildTransportSection(
  values: SettingValues,
  pem: PemContents,
  logger: ConductorLogger | undefined,
): TransportSection {
  const tls = buildTlsSection(values, pem);
  const section: TransportSection = {
    http2: values.disableHttp2 ? 'off' : 'auto',
    maxHttp2Sessions: values.maxHttp2Connections,
    connectTimeoutMs: values.connectTimeoutMs,
    ...(tls !== undefined && { tls }),
    ...(values.proxyUrl !== undefined && { proxy: values.proxyUrl }),
    sensitiveHeaders: Object.freeze(['x-authorization']),
    settingNames: Object.freeze({
      insecure: bothNames('tlsInsecure'),
      ca: bothNames('tlsCaPath'),
      cert: bothNames('tlsCertPath'),
      key: bothNames('tlsKeyPath'),
      http2: bothNames('disableHttp2'),
      maxHttp2Sessions: bothNames('maxHttp2Connections'),
      proxy: bothNames('proxyUrl'),
      connectTimeoutMs: bothNames('connectTimeoutMs'),
    }),
    ...(logger !== undefined && { logger }),
  };
  const view = {
    ...section,
    ...(section.proxy !== undefined && { proxy: maskUserInfo(section.proxy) }),
    ...(logger !== undefined && { logger: MASK }),
  };
  return Object.freeze(showAs(section, () => view));
}

function buildTlsSection({ tlsInsecure }: SettingValues, { cert, key, ca }: PemContents): TlsSection | undefined {
  if (!tlsInsecure && cert === undefined && key === undefined && ca === undefined) return undefined;
  const section: TlsSection = {
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(ca !== undefined && { ca }),
    ...(tlsInsecure && { insecure: true }),
  };
  const view = Object.fromEntries(
    Object.entries(section).map(([name, value]) => [name, typeof value === 'string' ? MASK : value]),
  );
  return Object.freeze(showAs(section, () => view));
}

export function buildAuthSection({ keyId, keySecret, refreshTokenInterval }: SettingValues): AuthSection | undefined {
  if (keyId === undefined || keySecret === undefined) return undefined;
  const view = { keyId: MASK, keySecret: MASK, refreshTokenInterval };
  return Object.freeze(showAs({ keyId, keySecret, refreshTokenInterval }, () => view));
}

function bothNames(field: SettingField): string {
  return `${field} (${settingOf(field).variable})`;
}
