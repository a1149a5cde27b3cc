import { addProblem, type Findings } from './findings.ts';
import { isFault, type Parsed } from './parsed.ts';
import { check, isOverride, overrideWarning, type Picked } from './pick-setting.ts';
import { readField, readVariable, type Given } from './read-given.ts';
import { settingOf, type Setting } from './settings.ts';

/**
 * Key and secret, both from the environment or both from code: a key of one account with the secret of another is refused
 * by the server, with an error that does not say why. Half a pair in the environment is therefore a problem even where the
 * code has a whole one; so is half a pair in code when the environment has none.
 */
export function pickCredentials(given: Given, findings: Findings): { keyId: Picked; keySecret: Picked } {
  const key = settingOf('keyId');
  const secret = settingOf('keySecret');
  const inEnv = { key: readVariable(given, key.variable), secret: readVariable(given, secret.variable) };
  const inCode = { key: readField(given, key.field), secret: readField(given, secret.field) };
  if (isGiven(inEnv.key) || isGiven(inEnv.secret)) {
    if (isWhole(inEnv, key.variable, secret.variable, findings)) warnOfOverride(key, secret, inEnv, inCode, findings);
    return {
      keyId: pickedFromEnv(key, inEnv.key, findings),
      keySecret: pickedFromEnv(secret, inEnv.secret, findings),
    };
  }
  isWhole(inCode, key.field, secret.field, findings);
  return {
    keyId: pickedFromCode(key, inCode.key, findings),
    keySecret: pickedFromCode(secret, inCode.secret, findings),
  };
}

interface Pair {
  readonly key: Parsed<unknown>;
  readonly secret: Parsed<unknown>;
}

function isGiven(raw: Parsed<unknown>): boolean {
  return isFault(raw) || raw.value !== undefined;
}

function isWhole(pair: Pair, keyName: string, secretName: string, findings: Findings): boolean {
  if (isGiven(pair.key) === isGiven(pair.secret)) return true;
  const [set, missing] = isGiven(pair.key) ? [keyName, secretName] : [secretName, keyName];
  addProblem(findings, set, {
    trouble: `it is set without ${missing}`,
    advice: `Set both in the same place (both in the environment or both in code), or none for a server without authentication.`,
  });
  return false;
}

function warnOfOverride(key: Setting, secret: Setting, inEnv: Pair, inCode: Pair, findings: Findings): void {
  const differs = [[key, inEnv.key, inCode.key] as const, [secret, inEnv.secret, inCode.secret] as const].some(
    ([setting, env, code]) => !isFault(env) && isOverride(setting, env.value, code),
  );
  if (differs)
    findings.warnings.push(
      overrideWarning(`${key.variable} with ${secret.variable}`, `${key.field} and ${secret.field}`),
    );
}

function pickedFromEnv(setting: Setting, raw: Parsed<unknown>, findings: Findings): Picked {
  const { variable } = setting;
  const value = isGiven(raw) ? check(setting, variable, raw, findings) : undefined;
  return { value, source: { from: 'env', variable }, name: variable };
}

function pickedFromCode(setting: Setting, raw: Parsed<unknown>, findings: Findings): Picked {
  const value = isGiven(raw) ? check(setting, setting.field, raw, findings) : undefined;
  return { value, source: { from: isGiven(raw) ? 'code' : 'default' }, name: setting.field };
}
