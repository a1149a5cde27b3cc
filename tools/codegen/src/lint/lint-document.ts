import type { Document } from '../document.ts';
import { lintBodies } from './bodies.ts';
import { lintMarks } from './marks.ts';
import { lintNames } from './names.ts';
import { lintParameters } from './parameters.ts';
import { lintReferences } from './references.ts';
import { lintSchemas } from './schemas.ts';
import { lintShape } from './shape.ts';

/** A rule looks at the whole document and says what is wrong, a sentence each, with what to do about it. */
export type Rule = (document: Document) => Iterable<string>;

const RULES: readonly Rule[] = [lintMarks, lintNames, lintParameters, lintBodies, lintReferences, lintSchemas];

/** All faults of the merged document. The generator may rely on whatever is checked here. */
export function lintDocument(document: unknown): readonly string[] {
  const shape = [...lintShape(document)];
  // Without the outer shape every other rule would stumble.
  return shape.length > 0 ? shape : RULES.flatMap((rule) => Array.from(rule(document as Document)));
}
