import type { Empty, Replay, ReplayCondition, Server, Wait } from './document.ts';

/** What the renderers know of one operation: everything resolved, types already as TypeScript text. */
export interface ApiOperation {
  readonly group: string;
  readonly method: string;
  readonly summary: string;
  readonly description: string | undefined;
  readonly deprecated: boolean;
  readonly httpMethod: string;
  /** The path with its `{parameters}`. */
  readonly path: string;
  readonly parameters: readonly ApiParameter[];
  readonly body: ApiBody | undefined;
  readonly response: ApiResponse;
  readonly replay: Replay;
  readonly replayWhen: readonly ReplayCondition[];
  readonly idempotencyKey: 'header' | 'body' | undefined;
  readonly server: Server;
  readonly wait: Wait | undefined;
  readonly empty: Empty | undefined;
}

export interface ApiParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly type: string;
  readonly required: boolean;
  readonly description: string | undefined;
  readonly defaultValue: unknown;
  /** Its members are the query parameters. */
  readonly isMap: boolean;
  /** It takes the value of the path parameter with its name, and is no parameter of its own. */
  readonly sameAsPath: boolean;
}

export interface ApiBody {
  /** `json`: an object as JSON, `list`: a list as JSON, `any`: whatever JSON can hold. */
  readonly kind: 'json' | 'list' | 'any' | 'text' | 'form' | 'binary';
  readonly type: string;
  /** The caller must give one; without it the server fails. */
  readonly required: boolean;
  /** The caller may leave it out, but the server must get one: an empty object is sent. */
  readonly sentWhenAbsent: boolean;
  readonly description: string | undefined;
}

export interface ApiResponse {
  readonly kind: 'json' | 'text' | 'void' | 'binary';
  readonly type: string;
}
