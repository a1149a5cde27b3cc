/** Makes docs/operations.md. Says nothing unless something is wrong. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { operationsPage } from './operations-page.ts';
import { readFacts } from './read-facts.ts';

writeFileSync(resolve(import.meta.dirname, '../../../docs/operations.md'), operationsPage(await readFacts()));
