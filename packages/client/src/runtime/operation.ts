/** Which server has an operation: the open-source one, Orkes, or both. */
export type ServerMark = 'oss' | 'orkes' | 'both';

/**
 * May an operation be sent twice? `safe`: yes. `unsafe`: not unless it is certain that nothing was sent.
 * `keyed`: as unsafe, until the call has an idempotency key.
 */
export type ReplayMark = 'safe' | 'unsafe' | 'keyed';

/** How a body is written: as JSON (an object, a list, or any value), plain text, form fields, or bytes as they are. */
export type BodyKind = 'json' | 'list' | 'any' | 'text' | 'form' | 'binary';

/** How an answer is read: parsed JSON, the text as it is (ids), not at all, as bytes, or by its content type. */
export type ResponseKind = 'json' | 'text' | 'void' | 'binary' | 'auto';

/** The methods that operations use. */
export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH' | 'HEAD' | 'OPTIONS';

/** A parameter by which the caller asks the server to hold the answer back. */
export interface ServerWait {
  /** Name of the query or header parameter. */
  readonly param: string;
  readonly unit: 'ms' | 's';
  /** What the server waits when the parameter is absent, in `unit`. @default 0 */
  readonly defaultValue?: number | undefined;
}

/** A parameter whose value changes what may be sent twice: registering a definition is safe only where it overwrites. */
export interface ReplayRule {
  /** Its name; `body.status` is the member `status` of the body. */
  readonly param: string;
  readonly is: string | number | boolean;
  readonly replay: ReplayMark;
}

/** What the runtime must know of one operation: data made by the generator, one constant each. */
export interface Operation {
  /** Group and method, as in `client.workflow.get`: `workflow.get`. */
  readonly name: string;
  readonly method: HttpMethod;
  /** The literal pieces of the path around its parameters: `/api/workflow/{workflowId}/pause` is `['/api/workflow/', '/pause']`. */
  readonly path: readonly string[];
  /** Names of the path parameters, in the order in which they stand between the pieces. */
  readonly pathParams: readonly string[];
  /** Arrays are repeated: `status=A&status=B`. */
  readonly queryParams: readonly string[];
  /** Parameters that hold query parameters by name: each member is sent as one (OpenAPI: style form, exploded). */
  readonly queryMaps?: readonly string[] | undefined;
  /** In wire spelling; the flat parameter has the same name. */
  readonly headerParams: readonly string[];
  /** Query and header parameters that the caller must give. */
  readonly requiredParams?: readonly string[] | undefined;
  /** Kind of the flat parameter `body`. */
  readonly body?: BodyKind | undefined;
  /** The caller must give a body: without one the server fails. @default false */
  readonly bodyRequired?: boolean | undefined;
  /** The server must get a body, but the caller may leave it out: an empty object is sent then. @default false */
  readonly bodySentWhenAbsent?: boolean | undefined;
  readonly replay: ReplayMark;
  /** The first entry that fits the parameters wins over `replay`. */
  readonly replayWhen?: readonly ReplayRule[] | undefined;
  /** Where an idempotency key goes: header `X-Idempotency-key`, or the body's `idempotencyKey`. Absent: it takes none. */
  readonly idempotencyKey?: 'header' | 'body' | undefined;
  readonly server: ServerMark;
  readonly response: ResponseKind;
  /** The server may answer without a body, which means `undefined` or an empty list. Absent: JSON must come. */
  readonly empty?: 'nothing' | 'list' | undefined;
  readonly wait?: ServerWait | undefined;
}
