import type { ConfigProblem } from './config-error.ts';
import type { Fault } from './parsed.ts';

/** What one resolution has found so far. Lives for one call of `resolveOrkesConfig`. */
export interface Findings {
  readonly problems: ConfigProblem[];
  readonly warnings: string[];
}

export function addProblem(findings: Findings, setting: string, { trouble, advice }: Fault): void {
  findings.problems.push({ setting, trouble, advice });
}
