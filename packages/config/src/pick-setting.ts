import { addProblem, type Findings } from './findings.ts';
import { isFault, type Parsed } from './parsed.ts';
import { isSameValue, parseSetting, type SettingValue } from './parse-setting.ts';
import { readField, readVariable, type Given } from './read-given.ts';
import type { SettingSource } from './resolved-orkes-config.ts';
import type { Setting, SettingField } from './settings.ts';

/** The value that won, and where it was given. */
export interface Picked {
  readonly value: SettingValue | undefined;
  readonly source: SettingSource;
  /** What the user calls it: the variable or the field. */
  readonly name: string;
}

export type PickedSettings = Readonly<Record<SettingField, Picked>>;

/** Environment, else code, else default. A faulty value that wins is a problem; one that loses is only overridden. */
export function pickSetting(setting: Setting, given: Given, findings: Findings): Picked {
  const { field, variable } = setting;
  const fromEnv = readVariable(given, variable);
  const fromCode = readField(given, field);
  if (isFault(fromEnv) || fromEnv.value !== undefined) {
    if (!isFault(fromEnv) && isOverride(setting, fromEnv.value, fromCode))
      findings.warnings.push(overrideWarning(variable, field));
    return { value: check(setting, variable, fromEnv, findings), source: { from: 'env', variable }, name: variable };
  }
  if (isFault(fromCode) || fromCode.value !== undefined) {
    return { value: check(setting, field, fromCode, findings), source: { from: 'code' }, name: field };
  }
  return { value: setting.default, source: { from: 'default' }, name: field };
}

/** The value if it can be used; the default stands in for one that cannot, so that the rest can still be checked. */
export function check(
  setting: Setting,
  name: string,
  raw: Parsed<unknown>,
  findings: Findings,
): SettingValue | undefined {
  const parsed = isFault(raw) ? raw : parseSetting(setting, raw.value);
  if (!isFault(parsed)) return parsed.value;
  const wayOut = name === setting.variable ? ` Or unset ${name}.` : '';
  addProblem(findings, name, { trouble: parsed.trouble, advice: parsed.advice + wayOut });
  return setting.default;
}

export function isOverride(setting: Setting, fromEnv: unknown, fromCode: Parsed<unknown>): boolean {
  if (isFault(fromCode)) return true;
  return fromCode.value !== undefined && !isSameValue(setting, fromEnv, fromCode.value);
}

export function overrideWarning(variables: string, fields: string): string {
  return `The environment wins: ${variables} overrides a different value of ${fields} in code. To ignore the environment set useEnvVars: false`;
}
