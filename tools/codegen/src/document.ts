/** The part of OpenAPI 3.1 that the source uses, plus our own marks. The linter proves that the source has this shape. */
export interface Document {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationSource>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, SchemaSource>> };
}

export interface OperationSource {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly parameters?: readonly ParameterSource[];
  readonly requestBody?: { readonly required?: boolean; readonly content?: Readonly<Record<string, MediaSource>> };
  readonly responses?: Readonly<Record<string, { readonly content?: Readonly<Record<string, MediaSource>> }>>;
  readonly 'x-conductor-group'?: string;
  readonly 'x-conductor-method'?: string;
  readonly 'x-conductor-replay'?: Replay;
  readonly 'x-conductor-replay-when'?: readonly ReplayCondition[];
  readonly 'x-conductor-idempotency-key'?: 'header' | 'body';
  readonly 'x-conductor-server'?: Server;
  readonly 'x-conductor-wait'?: Wait;
  readonly 'x-conductor-empty'?: Empty;
}

export interface ParameterSource {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly description?: string;
  readonly required?: boolean;
  readonly schema?: SchemaSource;
  readonly 'x-conductor-same-as-path'?: boolean;
}

export interface MediaSource {
  readonly schema?: SchemaSource;
}

export interface SchemaSource {
  readonly $ref?: string;
  readonly type?: string;
  readonly [keyword: string]: unknown;
}

export type Replay = 'safe' | 'unsafe' | 'keyed';
export type Server = 'oss' | 'orkes' | 'both';
export type Empty = 'nothing' | 'list';

export interface ReplayCondition {
  readonly param: string;
  readonly is: string | number | boolean;
  readonly replay: Replay;
}

export interface Wait {
  readonly param: string;
  readonly unit: 'ms' | 's';
  /** What the server waits when the parameter is absent. */
  readonly default?: number;
}

export const HTTP_METHODS: readonly string[] = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'];
