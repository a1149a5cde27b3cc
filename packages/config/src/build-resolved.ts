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
  // So that a spread into a log entry does not carry them along; the sections, as `console.dir` and `console.table` look
  // into these without asking.
  for (const name of ['keyId', 'keySecret', 'proxyUrl', 'secrets', 'transport', 'auth'])
    Object.defineProperty(resolved, name, { enumerable: false });
  return Object.freeze(showAs(resolved, () => view));
}

/**
 * The password of the proxy, or the user where that is all (a token), is there as its URL has it and as it is sent. Of the
 * file with the private key only that: beside it there may be a hundred certificates, which are no secrets.
 */
function secretsOf({ keySecret, proxyUrl }: SettingValues, { key }: PemContents): string[] {
  const { username, password } = new URL(proxyUrl ?? 'http://none');
  const login = password || username;
  const all = new Set([keySecret ?? '', login, decodeURIComponent(login), ...(key?.match(PRIVATE_KEYS) ?? [])]);
  return [...all].filter((secret) => secret !== '');
}

const PRIVATE_KEYS = /-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?-----END [A-Z ]*PRIVATE KEY-----/g;

function byField<T>(value: (setting: Setting) => T): Record<SettingField, T> {
  return Object.fromEntries(SETTINGS.map((setting) => [setting.field, value(setting)])) as Record<SettingField, T>;
}
