import type { Method } from '../server/route.ts';

/** What a request of one operation must have, and the least that a server answers to it. Made from the API's source. */
export interface RequestRule {
  /** Group and method of the client: `application.create`. */
  readonly operation: string;
  readonly server: 'oss' | 'orkes' | 'both';
  readonly method: Method;
  /** As in the API's document: `/api/applications/{id}`. */
  readonly path: string;
  /** Query parameters that must be there. */
  readonly query?: readonly string[];
  /** Headers that must be there. */
  readonly headers?: readonly string[];
  /** Absent: the operation takes none. */
  readonly body?: BodyRule;
  /** Absent: 200 with nothing in it. */
  readonly answer?: { readonly type: string; readonly value: unknown };
}

export interface BodyRule {
  /** Its content type. */
  readonly type: string;
  /** JSON: what must be at its top. */
  readonly json?: 'object' | 'array' | 'any';
  readonly required?: boolean;
}
