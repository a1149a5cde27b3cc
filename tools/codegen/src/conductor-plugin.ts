import { definePluginConfig, type DefinePlugin } from '@hey-api/openapi-ts';
import type { ApiOperation } from './api-model.ts';
import { collectOperation } from './collect-operation.ts';
import type { Document } from './document.ts';

/** What the plugin found: the operations in document order, and the schemas that their signatures mention. */
export interface CollectedApi {
  readonly operations: readonly ApiOperation[];
  readonly mentioned: ReadonlySet<string>;
}

type ConductorPlugin = DefinePlugin<{ name: '@conductor-ts/codegen' }>;

/**
 * Our hey-api plugin: it walks the operations and hands over what it read. The code that comes of it has the form of
 * one fixed text per operation, so it is rendered as text rather than built as a syntax tree.
 */
export function conductorPlugin(document: Document, collected: (api: CollectedApi) => void): HeyApiPlugin {
  const handler: ConductorPlugin['Handler'] = ({ plugin }) => {
    const operations: ApiOperation[] = [];
    const mentioned = new Set<string>();
    plugin.forEach('operation', ({ operation }) => {
      const source = document.paths[operation.path]?.[operation.method];
      if (source !== undefined) operations.push(collectOperation(operation, source, mentioned));
    });
    collected({ operations, mentioned });
  };
  return definePluginConfig<ConductorPlugin['Types']>({ name: '@conductor-ts/codegen', config: {}, handler })();
}

/** A plugin as `createClient` takes it. */
export type HeyApiPlugin = ReturnType<ReturnType<typeof definePluginConfig<ConductorPlugin['Types']>>>;
