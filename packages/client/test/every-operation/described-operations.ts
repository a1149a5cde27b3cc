import { resolve } from 'node:path';
import { loadDocument, readSource, type Document, type SchemaSource } from '@conductor-ts/codegen';

/**
 * The operations as the OpenAPI source describes them: read from the document itself, so that a mistake of the
 * generator, whose table the client goes by, does not count as right here.
 */
export interface DescribedOperation {
  /** `workflow.get` */
  readonly name: string;
  readonly group: string;
  readonly method: string;
  readonly httpMethod: string;
  readonly path: string;
  readonly parameters: readonly DescribedParameter[];
  readonly body: { readonly type: string; readonly schema: SchemaSource; readonly required: boolean } | undefined;
  readonly answer: { readonly type: string; readonly schema: SchemaSource } | undefined;
  readonly empty: string | undefined;
  /** May it be sent twice? With parameters of the given values it may not, or may. */
  readonly replay: string | undefined;
  readonly replayWhen: readonly { readonly param: string; readonly is: unknown; readonly replay: string }[];
}

export interface DescribedParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: SchemaSource;
  readonly sameAsPath: boolean;
}

export const document: Document = loadDocument(readSource(resolve(import.meta.dirname, '../../openapi')));

export const describedOperations: readonly DescribedOperation[] = Object.entries(document.paths).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([httpMethod, source]) => {
      const group = source['x-conductor-group'] ?? '';
      const method = source['x-conductor-method'] ?? '';
      const success = Object.entries(source.responses ?? {}).filter(([status]) => status.startsWith('2'));
      const answers = success.flatMap(([, { content }]) => Object.entries(content ?? {}));
      const [answerType, answer] = answers[0] ?? [];
      const [bodyType, body] = Object.entries(source.requestBody?.content ?? {})[0] ?? [];
      return {
        name: `${group}.${method}`,
        group,
        method,
        httpMethod: httpMethod.toUpperCase(),
        path,
        parameters: (source.parameters ?? []).map((parameter) => ({
          name: parameter.name,
          in: parameter.in,
          required: parameter.required === true,
          schema: parameter.schema ?? {},
          sameAsPath: parameter['x-conductor-same-as-path'] === true,
        })),
        body:
          bodyType === undefined
            ? undefined
            : { type: bodyType, schema: body?.schema ?? {}, required: source.requestBody?.required === true },
        answer: answerType === undefined ? undefined : { type: answerType, schema: answer?.schema ?? {} },
        empty: source['x-conductor-empty'],
        replay: source['x-conductor-replay'],
        replayWhen: source['x-conductor-replay-when'] ?? [],
      };
    }),
);

/** A schema with its reference followed. */
export function schemaOf(schema: SchemaSource): SchemaSource {
  if (schema.$ref === undefined) return schema;
  const found = document.components.schemas[schema.$ref.replace('#/components/schemas/', '')];
  if (found === undefined) throw new Error(`${schema.$ref} is not there`);
  return schemaOf(found);
}
