import { statSync } from 'node:fs';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Test files that work with sockets, other processes or many random cases. */
const SLOW = /\/faults\/|\.property\.|outages|readme/;

/** Slow test files come last, and small ones first: for a run that ends with the first test that fails. */
export class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const weight = ({ moduleId }: TestSpecification): number =>
      statSync(moduleId).size * (SLOW.test(moduleId) ? 100 : 1);
    return files.toSorted((a, b) => weight(a) - weight(b));
  }
}
