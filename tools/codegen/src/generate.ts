import type { Document } from './document.ts';
import { generateTypes } from './generate-types.ts';
import { renderFunctions } from './render-functions.ts';
import { renderGroups } from './render-groups.ts';
import { renderOperationTable } from './render-operation-table.ts';
import { renderOperations } from './render-operations.ts';
import { renderParams } from './render-params.ts';

/** The first line of each generated file. */
export const HEADER: string = '// Made by `pnpm turbo run generate` from packages/client/openapi. Not to be edited.';

/** All generated files by name. The same document gives the same text, on every machine. */
export async function generate(document: Document): Promise<ReadonlyMap<string, string>> {
  const { types, api } = await generateTypes(document);
  const { operations, mentioned } = api;
  const files: readonly (readonly [string, string])[] = [
    ['types.gen.ts', types],
    ['operations.gen.ts', renderOperations(operations)],
    ['operation-table.gen.ts', renderOperationTable(operations)],
    ['params.gen.ts', renderParams(operations, mentioned)],
    ['functions.gen.ts', renderFunctions(operations, mentioned)],
    ['groups.gen.ts', renderGroups(operations, mentioned)],
  ];
  return new Map(files.map(([name, text]) => [name, `${HEADER}\n\n${text.trim()}\n`]));
}
