import { addProblem, type Findings } from './findings.ts';
import { fromCode, fromEnvironment, isOverride, overrideWarning, type Picked, take } from './pick-setting.ts';
import { isGiven, type Given } from './read-given.ts';
import { settingOf } from './settings.ts';

/**
 * Key and secret, both from the environment or both from code: a key of one account with the secret of another is refused
 * by the server, with an error that does not say why. Half a pair in the environment is therefore a problem even where the
 * code has a whole one; so is half a pair in code when the environment has none.
 */
export function pickCredentials(given: Given, findings: Findings): { keyId: Picked; keySecret: Picked } {
  const id = settingOf('keyId');
  const secret = settingOf('keySecret');
  const inEnv = [fromEnvironment(id, given), fromEnvironment(secret, given)] as const;
  const inCode = [fromCode(id, given), fromCode(secret, given)] as const;
  const pair = inEnv.some(({ raw }) => isGiven(raw)) ? inEnv : inCode;
  const set = pair.find(({ raw }) => isGiven(raw));
  const missing = pair.find(({ raw }) => !isGiven(raw));
  if (set !== undefined && missing !== undefined) {
    addProblem(findings, set.name, {
      trouble: `it is set without ${missing.name}`,
      advice: 'Set both in the environment or both in code, or none for a server without authentication.',
    });
  } else if (pair === inEnv && (isOverride(id, inEnv[0], inCode[0]) || isOverride(secret, inEnv[1], inCode[1]))) {
    findings.warnings.push(
      overrideWarning(`${id.variable} with ${secret.variable}`, `${id.field} and ${secret.field}`),
    );
  }
  return { keyId: take(id, pair[0], findings), keySecret: take(secret, pair[1], findings) };
}
