import { createClient, type Plugins } from '@hey-api/openapi-ts';
import { conductorPlugin, type CollectedApi } from './conductor-plugin.ts';
import type { Document } from './document.ts';

type Resolvers = Plugins.HeyApiTypeScript.Resolvers;

export interface GeneratedTypes {
  /** The schemas as TypeScript types, without a header. */
  readonly types: string;
  readonly api: CollectedApi;
}

/** Runs @hey-api/openapi-ts in memory: its own plugin makes the schemas' types, ours reads the operations. */
export async function generateTypes(document: Document): Promise<GeneratedTypes> {
  let api: CollectedApi = { operations: [], mentioned: new Set() };
  const [context] = await createClient({
    // A copy: the generator resolves references in place.
    input: structuredClone(document) as unknown as Record<string, unknown>,
    output: {
      path: 'memory',
      clean: false,
      entryFile: false,
      header: null,
      tsConfigPath: null,
      module: { extension: '.ts' },
    },
    dryRun: true,
    logs: { level: 'silent', file: false },
    parser: {
      hooks: { symbols: { getFilePath: ({ meta }) => (meta?.['resource'] === 'definition' ? 'types' : 'unused') } },
    },
    plugins: [
      {
        name: '@hey-api/typescript',
        definitions: { case: 'preserve' },
        $resolvers: { enum: openEnum, object: optionalMembers },
      },
      conductorPlugin(document, (found) => {
        api = found;
      }),
    ],
  });
  // An input that the generator cannot read gives no context, and no error either.
  if (context === undefined) throw new Error('@hey-api/openapi-ts cannot read the document.');
  const file = [...context.gen.render()].find(({ path }) => path.endsWith('types.gen.ts'));
  return { types: file?.content.trim() ?? '', api };
}

/** Members known today, and any string: a newer server may answer with one that this version has not heard of. */
const openEnum: NonNullable<Resolvers['enum']> = (context) => {
  const { $, schema } = context;
  const members = (schema.items ?? []).map((item) => $.type.literal(String(item.const)));
  return $.type.or(...members, $.type.and($.type('string'), $.type.object()));
};

/** Optional members take an explicit `undefined`, so that `{ reason: maybe }` compiles under exactOptionalPropertyTypes. */
const optionalMembers: NonNullable<Resolvers['object']> = (context) => {
  const { $, schema, walk, path, plugin } = context;
  if (schema.properties === undefined) return undefined;
  const shape = $.type.object();
  for (const [name, property] of Object.entries(schema.properties)) {
    const { type } = walk(property, { path, plugin });
    const required = schema.required?.includes(name) ?? false;
    shape.prop(name, (member) => {
      if (property.description !== undefined) member.doc(property.description.trim().split('\n'));
      return member.required(required).type(required ? type : $.type.or(type, $.type('undefined')));
    });
  }
  return shape;
};
