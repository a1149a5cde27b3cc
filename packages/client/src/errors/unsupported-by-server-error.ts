import type { CallFacts } from './call-facts.ts';
import type { ApiErrorKind } from './api-error-kinds.ts';
import { isInstanceByBrand } from './brand.ts';
import { type ApiAnswer, ConductorApiError } from './conductor-api-error.ts';

const NAMES = { oss: 'the open-source Conductor server', orkes: 'Orkes Conductor' } as const;

/** The operation exists on the other family of servers only: trying again or another id will not help. */
export class UnsupportedByServerError extends ConductorApiError {
  /** The family of the server that was asked. */
  readonly serverFamily: 'oss' | 'orkes';

  constructor(answer: ApiAnswer, facts: CallFacts, serverFamily: 'oss' | 'orkes') {
    super(answer, facts, kindFor(serverFamily), ['UnsupportedByServerError', 'ConductorApiError', 'ConductorSdkError']);
    this.serverFamily = serverFamily;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isInstanceByBrand(this, UnsupportedByServerError, 'UnsupportedByServerError', value);
  }
}

function kindFor(family: 'oss' | 'orkes'): ApiErrorKind {
  const other = family === 'oss' ? 'orkes' : 'oss';
  return {
    code: 'UNSUPPORTED_BY_SERVER',
    says: `this operation needs ${NAMES[other]}`,
    hint: `This server is ${NAMES[family]}, which does not have it. Point serverUrl (CONDUCTOR_SERVER_URL) at ${NAMES[other]}, or do without this operation.`,
    retryable: false,
  };
}
