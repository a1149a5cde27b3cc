// Resolve the configuration
export { resolveOrkesConfig } from './resolve-orkes-config.ts';
export type { ResolveOptions } from './resolve-orkes-config.ts';
export type { OrkesApiConfig } from './orkes-api-config.ts';
export type { Environment } from './read-given.ts';

// Use the result
export type {
  AuthSection,
  DescribedSetting,
  ResolvedOrkesConfig,
  RetrySection,
  SettingSource,
  SettingValues,
  TlsSection,
  TransportSection,
} from './resolved-orkes-config.ts';
export type { LogLevelName } from './parse-level.ts';

// Tell what is wrong
export { ConfigError } from './config-error.ts';
export type { ConfigProblem } from './config-error.ts';

// Know the settings
export { SETTINGS } from './settings.ts';
export type { Setting, SettingField, SettingKind } from './settings.ts';
