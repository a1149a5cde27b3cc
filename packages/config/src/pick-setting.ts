import { addProblem, type Findings } from './findings.ts';
import { type Fault, isFault, type Parsed } from './parsed.ts';
import { isSameValue, parseSetting, type SettingValue } from './parse-setting.ts';
import { isGiven, readField, readVariable, type Given } from './read-given.ts';
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

/** What one place has for a setting. */
export interface Candidate extends Omit<Picked, 'value'> {
  readonly raw: Parsed<unknown>;
}

export function fromEnvironment({ variable }: Setting, { env }: Given): Candidate {
  return { raw: readVariable(env, variable), source: { from: 'env', variable }, name: variable };
}

export function fromCode({ field }: Setting, { code }: Given, blank?: Fault): Candidate {
  const raw = readField(code, field, blank);
  return { raw, source: { from: isGiven(raw) ? 'code' : 'default' }, name: field };
}

/** Environment, else code, else default. A faulty value that wins is a problem; one that loses is only overridden. */
export function pickSetting(setting: Setting, given: Given, findings: Findings): Picked {
  const env = fromEnvironment(setting, given);
  const code = fromCode(setting, given);
  const blank = setting.kind === 'server-url' ? EMPTY_URL : undefined;
  if (!isGiven(env.raw)) return take(setting, fromCode(setting, given, blank), findings);
  if (isOverride(setting, env, code)) findings.warnings.push(overrideWarning(setting.variable, setting.field));
  return take(setting, env, findings);
}

/** What an unset variable that the application reads by itself leaves: by default, its calls would go to this machine. */
const EMPTY_URL: Fault = {
  trouble: 'the URL is empty',
  advice: 'Give the URL of the server, or undefined for http://localhost:8080.',
};

/** The value if it can be used; the default stands in for one that cannot, so that the rest can still be checked. */
export function take(setting: Setting, { raw, source, name }: Candidate, findings: Findings): Picked {
  const parsed = isFault(raw) || raw.value === undefined ? raw : parseSetting(setting, raw.value);
  if (!isFault(parsed)) return { value: (parsed.value as SettingValue | undefined) ?? setting.default, source, name };
  const wayOut = name === setting.variable ? ` Or unset ${name}.` : '';
  addProblem(findings, name, { trouble: parsed.trouble, advice: parsed.advice + wayOut });
  return { value: setting.default, source, name };
}

export function isOverride(setting: Setting, { raw: env }: Candidate, { raw: code }: Candidate): boolean {
  if (isFault(env) || isFault(code)) return !isFault(env);
  return code.value !== undefined && !isSameValue(setting, env.value, code.value);
}

export function overrideWarning(variables: string, fields: string): string {
  return `The environment wins: ${variables} overrides a different value of ${fields} in code. To ignore the environment set useEnvVars: false`;
}
