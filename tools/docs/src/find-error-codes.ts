import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';

const packages = resolve(import.meta.dirname, '../../../packages');

/** Folders whose errors reach a user of the client. */
const FOLDERS = ['client/src/errors', 'transport/src', 'retry/src', 'auth/src', 'config/src'];

/** Where a code stands: at the field of a class, in a union of codes, as the key of a table of texts, or as a default. */
const PLACES: readonly RegExp[] = [
  /readonly code = '([A-Z_]+)'/g,
  /^export type \w*Code =((?:\s*\|?\s*'[A-Z_]+')+);/gm,
  /readonly code: ((?:'[A-Z_]+'(?: \| )?)+);/g,
  /^ {2}([A-Z_]+): [{[]/gm,
  /\bcode: (?:details\.code \?\? )?'([A-Z_]+)'/g,
  /details\.code \?\? '([A-Z_]+)'/g,
];

/** Every code that an error of the sources can have. */
export function findErrorCodes(): readonly string[] {
  const texts = FOLDERS.flatMap((folder) =>
    readdirSync(resolve(packages, folder))
      .filter((file) => folder.endsWith('errors') || file.includes('error'))
      .map((file) => readFileSync(resolve(packages, folder, file), 'utf8')),
  );
  const found = texts.flatMap((text) =>
    PLACES.flatMap((place) => Array.from(text.matchAll(place), ([, codes = '']) => codes)),
  );
  return [...new Set(found.flatMap((codes) => codes.match(/[A-Z_]+/g) ?? []))].sort();
}
