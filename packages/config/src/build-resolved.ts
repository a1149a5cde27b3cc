import type { ConductorLogger } from '@conductor-ts/logger';
import { buildAuthSection, buildTransportSection } from './build-sections.ts';
import { describeSettings } from './describe-settings.ts';
import { MASK, maskUserInfo, showAs } from './mask.ts';
import type { PickedSettings } from './pick-setting.ts';
import type { PemContents } from './read-tls-files.ts';
import type { ResolvedOrkesConfig, SettingSource, SettingValues } from './resolved-orkes-config.ts';
import { SETTINGS, type Setting, type SettingField } from './settings.ts';

/** What is not a setting of the table. */
export interface OwnParts {
  readonly logger: ConductorLogger | undefined;
  readonly useEnvVars: boolean;
  readonly warnings: readonly string[];
}

/** Puts the result together: values, sources and the sections for the other packages, frozen, secrets out of sight. */
export function buildResolved(picked: PickedSettings, pem: PemContents, own: OwnParts): ResolvedOrkesConfig {
  const values = byField(({ field }) => picked[field].value) as unknown as SettingValues;
  const sources = byField<SettingSource>(({ field }) => Object.freeze({ ...picked[field].source }));
  const { keyId, keySecret, proxyUrl, requestTimeoutMs, retryServerErrors } = values;
  const resolved: ResolvedOrkesConfig = {
    ...values,
    ...own,
    secrets: Object.freeze(secretsOf(values, pem)),
    sources: Object.freeze(sources),
    transport: buildTransportSection(values, pem, own.logger),
    retry: Object.freeze({ requestTimeoutMs, retryServerErrors }),
    auth: buildAuthSection(values),
    describe: () => describeSettings(values, sources),
  };
  const view = {
    ...resolved,
    secrets: undefined,
    keyId: keyId && MASK,
    keySecret: keySecret && MASK,
    proxyUrl: proxyUrl && maskUserInfo(proxyUrl),
    logger: own.logger && MASK,
  };
  const unlisted = { enumerable: false }; // so that a spread into a log entry does not carry them along
  Object.defineProperties(resolved, { keyId: unlisted, keySecret: unlisted, proxyUrl: unlisted, secrets: unlisted });
  return Object.freeze(showAs(resolved, () => view));
}

/** The password of the proxy is there as its URL has it and as it is sent. */
function secretsOf({ keySecret, proxyUrl }: SettingValues, { key }: PemContents): string[] {
  const password = proxyUrl === undefined ? '' : new URL(proxyUrl).password;
  const all = new Set([keySecret ?? '', password, decodeURIComponent(password), key ?? '']);
  return [...all].filter((secret) => secret !== '');
}

function byField<T>(value: (setting: Setting) => T): Record<SettingField, T> {
  return Object.fromEntries(SETTINGS.map((setting) => [setting.field, value(setting)])) as Record<SettingField, T>;
}
