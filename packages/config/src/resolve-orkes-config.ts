import { buildResolved } from './build-resolved.ts';
import { ConfigError } from './config-error.ts';
import { findOddValues } from './find-odd-values.ts';
import { findMisspeltVariables, findUnknownOptions } from './find-odd-names.ts';
import type { Findings } from './findings.ts';
import type { OrkesApiConfig } from './orkes-api-config.ts';
import { pickCredentials } from './pick-credentials.ts';
import { pickSetting, type PickedSettings } from './pick-setting.ts';
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
  findings.warnings.push(
    ...guarded(() => findUnknownOptions(code), []),
    ...guarded(() => findMisspeltVariables(given.env), []),
  );
  findings.warnings.push(...findOddValues(picked));
  for (const warning of findings.warnings) {
    const written: unknown = guarded(() => logger?.warn(warning), undefined);
    // Declared to give nothing; an async method gives a promise all the same, and its rejection would end the process.
    // Any promise: in a context of its own, as in Jest, those of the platform are of another class.
    Promise.resolve(written).catch(() => undefined);
  }
  if (findings.problems.length > 0) throw new ConfigError(findings.problems);
  return buildResolved(picked, pem, { logger, useEnvVars, warnings: Object.freeze(findings.warnings) });
}

function pickAll(given: Given, findings: Findings): PickedSettings {
  const single = SETTINGS.filter((setting) => setting.kind !== 'credential');
  const picked = Object.fromEntries(single.map((setting) => [setting.field, pickSetting(setting, given, findings)]));
  return { ...picked, ...pickCredentials(given, findings) } as PickedSettings;
}

function processEnvironment(): Environment {
  return globalThis.process?.env ?? {};
}
