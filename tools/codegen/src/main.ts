/**
 * Makes the generated folders of the packages named, or of all, from packages/client/openapi. Says nothing unless
 * something is wrong.
 */
import { resolve } from 'node:path';
import type { Document } from './document.ts';
import { generate, HEADER } from './generate.ts';
import { loadDocument, SourceError } from './load-document.ts';
import { readSource } from './read-source.ts';
import { renderRequestRules } from './render-request-rules.ts';
import { writeFiles } from './write-files.ts';

const packages = resolve(import.meta.dirname, '../../../packages');

const targets: Readonly<Record<string, (document: Document) => Promise<void> | void>> = {
  client: async (document) => writeFiles(resolve(packages, 'client/src/generated'), await generate(document)),
  testing: (document) =>
    writeFiles(
      resolve(packages, 'testing/src/generated'),
      new Map([['request-rules.gen.ts', `${HEADER}\n\n${renderRequestRules(document)}\n`]]),
    ),
};

const named = process.argv.slice(2);
try {
  const document = loadDocument(readSource(resolve(packages, 'client/openapi')));
  for (const name of named.length > 0 ? named : Object.keys(targets)) {
    const make = targets[name];
    if (make === undefined) throw new SourceError([`${name}: nothing is generated for it.`]);
    await make(document);
  }
} catch (error) {
  if (!(error instanceof SourceError)) throw error;
  process.stderr.write(`Nothing is generated:\n${error.problems.map((line) => `  ${line}\n`).join('')}`);
  process.exitCode = 1;
}
