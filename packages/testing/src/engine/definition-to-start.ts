import type { WorkflowDef } from './definition-types.ts';
import type { MetadataStore } from './metadata-store.ts';
import { notFound } from './server-error.ts';

/** The definition that a start names; without a version the newest. */
export function definitionToStart(metadata: MetadataStore, name: string, version: number | undefined): WorkflowDef {
  const definition = metadata.findWorkflowDef(name, version);
  if (!definition) throw notFound(`No such workflow defined. name=${name}, version=${version ?? null}`);
  return definition;
}
