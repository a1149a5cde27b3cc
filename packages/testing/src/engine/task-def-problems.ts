import type { TaskDef } from './definition-types.ts';
import type { ValidationProblem } from './server-error.ts';

/** Members that may not be negative. The messages show the limit where one expects the value, as the server's do. */
const NOT_NEGATIVE = [
  'retryCount',
  'pollTimeoutSeconds',
  'maxRetryDelaySeconds',
  'backoffJitterMs',
  'totalTimeoutSeconds',
] as const;

/** Every rule a task definition breaks. `path` names the argument, as the real server does: `registerTaskDef.arg0[0]`. */
export function taskDefProblems(def: TaskDef, path: string): ValidationProblem[] {
  const problems: ValidationProblem[] = [];
  const add = (message: string): void => void problems.push({ path, message });
  const addMember = (member: keyof TaskDef, message: string): void =>
    void problems.push({ path: `${path}.${member}`, message, invalidValue: String(def[member]) });
  if (!def.name) problems.push({ path: `${path}.name`, message: 'TaskDef name cannot be null or empty' });
  for (const member of NOT_NEGATIVE) {
    if ((def[member] ?? 0) < 0) addMember(member, `TaskDef ${member}: 0 must be >= 0`);
  }
  if (def.backoffScaleFactor < 1)
    addMember('backoffScaleFactor', 'Backoff scale factor. Applicable for LINEAR_BACKOFF');
  const { timeoutSeconds, responseTimeoutSeconds, totalTimeoutSeconds } = def;
  if (responseTimeoutSeconds < 1) {
    const message = `TaskDef responseTimeoutSeconds: ${responseTimeoutSeconds} should be minimum 1 second`;
    addMember('responseTimeoutSeconds', message);
  }
  // The message says "less than", but the real check lets equal values pass.
  if (timeoutSeconds > 0 && responseTimeoutSeconds > timeoutSeconds) {
    add(
      `TaskDef: ${def.name} responseTimeoutSeconds: ${responseTimeoutSeconds} must be less than timeoutSeconds: ${timeoutSeconds}`,
    );
  }
  if (timeoutSeconds > 0 && totalTimeoutSeconds > 0 && timeoutSeconds > totalTimeoutSeconds) {
    add(
      `TaskDef: ${def.name} timeoutSeconds: ${timeoutSeconds} must be less than or equal to totalTimeoutSeconds: ${totalTimeoutSeconds}`,
    );
  }
  return problems;
}
