import { buildResolved } from './build-resolved.ts';
import { ConfigError } from './config-error.ts';
import { findMisspeltVariables, findUnknownOptions } from './find-odd-names.ts';
import type { Findings } from './findings.ts';
import type { OrkesApiConfig } from './orkes-api-config.ts';
import { pickCredentials } from './pick-credentials.ts';
import { pickSetting, type Picked, type PickedSettings } from './pick-setting.ts';
import { guarded, readConfigObject, readLogger, readUseEnvVars } from './read-code-only.ts';
import type { Environment, Given } from './read-given.ts';
import { readTlsFiles } from './read-tls-files.ts';
import type { ResolvedOrkesConfig } from './resolved-orkes-config.ts';
import { SETTINGS } from './settings.ts';

export interface ResolveOptions {
  /** @default process.env */
  readonly env?: Environment | undefined;
}

/**
 * Merges the environment, the given values and the defaults, in this order of precedence for each setting, and checks the
 * result.
 *
 * @throws ConfigError with all faults at once
 * @example
 * const config = resolveOrkesConfig({ serverUrl: 'https://conductor.example.com' });
 * console.table(config.describe());
 */
export function resolveOrkesConfig(config?: OrkesApiConfig, options: ResolveOptions = {}): ResolvedOrkesConfig {
  const findings: Findings = { problems: [], warnings: [] };
  const code = readConfigObject(config, findings);
  const logger = readLogger(code, findings);
  const useEnvVars = readUseEnvVars(code, findings);
  const given: Given = { code, env: useEnvVars ? (options.env ?? processEnvironment()) : {} };

  const picked = pickAll(given, findings);
  const pem = readTlsFiles(picked, findings);
  warnOfOddities(given, picked, findings);
  for (const warning of findings.warnings) guarded(() => logger?.warn(warning), undefined);
  if (findings.problems.length > 0) throw new ConfigError(findings.problems);
  return buildResolved(picked, pem, { logger, useEnvVars, warnings: Object.freeze(findings.warnings) });
}

function pickAll(given: Given, findings: Findings): PickedSettings {
  const single = SETTINGS.filter((setting) => setting.kind !== 'credential');
  const picked = Object.fromEntries(single.map((setting) => [setting.field, pickSetting(setting, given, findings)]));
  return { ...picked, ...pickCredentials(given, findings) } as PickedSettings;
}

function warnOfOddities({ code, env }: Given, picked: PickedSettings, { warnings }: Findings): void {
  warnings.push(...guarded(() => findUnknownOptions(code), []), ...guarded(() => findMisspeltVariables(env), []));
  if (picked.serverUrl.source.from === 'default' && picked.keyId.value !== undefined) {
    warnings.push(
      `Keys are set but no server URL: ${picked.serverUrl.value} is used. Set serverUrl or CONDUCTOR_SERVER_URL`,
    );
  }
  const tls = [picked.tlsCertPath, picked.tlsCaPath, picked.tlsInsecure].filter(
    ({ value }) => value !== undefined && value !== false,
  );
  if (tls.length > 0 && isPlain(picked.serverUrl) && isPlain(picked.proxyUrl)) {
    warnings.push(`The server URL begins with http:, so ${tls.map(({ name }) => name).join(', ')} has no effect`);
  }
}

function isPlain({ value }: Picked): boolean {
  return !String(value).startsWith('https:');
}

function processEnvironment(): Environment {
  return globalThis.process?.env ?? {};
}
