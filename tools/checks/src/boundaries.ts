import { resolve } from 'node:path';
import { boundaryViolations } from './boundary-violations.ts';

const violations = boundaryViolations(resolve(import.meta.dirname, '../../..'));
for (const violation of violations) process.stderr.write(`${violation}\n`);
process.stdout.write(
  violations.length === 0 ? 'Import boundaries hold.\n' : `${violations.length} broken boundaries.\n`,
);
process.exitCode = violations.length === 0 ? 0 : 1;
