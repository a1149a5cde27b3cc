import { nearestName } from './nearest-name.ts';
import { CODE_ONLY_FIELDS, SETTINGS } from './settings.ts';

/** Options in code that nobody reads: a slip there would go unseen, as TypeScript checks literals only. */
export function findUnknownOptions(config: object): string[] {
  const known: readonly string[] = [...SETTINGS.map(({ field }) => field), ...CODE_ONLY_FIELDS];
  return Object.keys(config)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const nearest = nearestName(name, known);
      return `Unknown option ${shownName(name)} is ignored. ${nearest === undefined ? `Known are ${known.join(', ')}` : `Was ${nearest} meant?`}`;
    });
}

/** Variables that are a slip away from one of ours. Others that begin with CONDUCTOR_ may belong to someone else. */
export function findMisspeltVariables(env: object): string[] {
  const known: readonly string[] = SETTINGS.map(({ variable }) => variable);
  return Object.keys(env)
    .filter((name) => /^conductor_/i.test(name) && !known.includes(name))
    .flatMap((name) => {
      const nearest = nearestName(name, known);
      return nearest === undefined ? [] : [`Unknown variable ${shownName(name)} is ignored. Was ${nearest} meant?`];
    });
}

/** A name that looks like no name may be a secret in the wrong place. */
function shownName(name: string): string {
  return /^[\w$]{1,40}$/.test(name) ? name : 'with an unusual name';
}
