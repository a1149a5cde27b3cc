/**
 * `pnpm mutation [PACKAGE...] [--concurrency N] [--mutate FILE[:FROM-TO]]...`: breaks the sources of a package in each way that Stryker knows, one at a
 * time, and runs the tests that reach the place. What no test notices has survived. Fails where fewer than 90 % are noticed. `--mutate` takes
 * files of `src`, or lines of them: `pnpm mutation retry --mutate dropped-body.ts:20-34`.
 */
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { MUTATED_PACKAGES, strykerOptions } from './stryker-options.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    concurrency: { type: 'string', default: '1' },
    mutate: { type: 'string', multiple: true, default: ['**/*.ts'] },
  },
});
// A mutant that waits for ever ends with its test, and the process that runs the tests can go on: to start another one takes far longer.
// On a busy machine give it more.
process.env['TEST_GUARD_MS'] ??= '8000';
process.chdir(fileURLToPath(new URL('../../..', import.meta.url)));
for (const name of positionals.length > 0 ? positionals : MUTATED_PACKAGES) {
  // A copy that an interrupted run has left would be taken for sources.
  rmSync('.turbo/mutation/sandbox', { recursive: true, force: true });
  // Sets the exit code where the score is too low.
  // oxlint-disable-next-line no-await-in-loop -- one after the other: each takes the whole machine
  await new Stryker(strykerOptions(name, values.mutate, Number(values.concurrency))).runMutationTest();
}
