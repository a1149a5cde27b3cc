/** Makes packages/client/src/generated from packages/client/openapi. Says nothing unless something is wrong. */
import { resolve } from 'node:path';
import { generate } from './generate.ts';
import { loadDocument, SourceError } from './load-document.ts';
import { readSource } from './read-source.ts';
import { writeFiles } from './write-files.ts';

const client = resolve(import.meta.dirname, '../../../packages/client');

try {
  const document = loadDocument(readSource(resolve(client, 'openapi')));
  writeFiles(resolve(client, 'src/generated'), await generate(document));
} catch (error) {
  if (!(error instanceof SourceError)) throw error;
  process.stderr.write(`packages/client/openapi has faults:\n${error.problems.map((line) => `  ${line}\n`).join('')}`);
  process.exitCode = 1;
}
