import { isInstanceByBrand } from './brand.ts';
import { ConductorSdkError } from './conductor-sdk-error.ts';

/** What came in place of an answer. */
export interface UnreadableAnswer {
  readonly status: number;
  readonly contentType: string | undefined;
  /** The start of the body. */
  readonly snippet: string;
  /** Length of the body in characters. */
  readonly bodyLength: number;
  readonly trouble: AnswerTrouble;
}

/** What is wrong with an answer of success. */
export type AnswerTrouble = 'web-page' | 'not-json' | 'empty';

/** Stable codes of answers that cannot be read. */
export type ParseErrorCode = 'PARSE_FAILED' | 'EMPTY_ANSWER';

const ELSEWHERE =
  'serverUrl (CONDUCTOR_SERVER_URL) points at a user interface, login page or gateway. Give the address of the Conductor API, such as http://localhost:8080.';

const KINDS: Readonly<Record<AnswerTrouble, { code: ParseErrorCode; says: string; hint: string }>> = {
  'web-page': { code: 'PARSE_FAILED', says: 'the answer is a web page', hint: ELSEWHERE },
  'not-json': {
    code: 'PARSE_FAILED',
    says: 'the answer is not valid JSON',
    hint: 'It was cut off or altered on its way, or is not from Conductor: see `snippet`. The request has been processed: look before sending it again.',
  },
  empty: {
    code: 'EMPTY_ANSWER',
    says: 'the answer is empty',
    hint: 'It was lost on its way, or is not from Conductor: check serverUrl (CONDUCTOR_SERVER_URL). The request may have been processed: look before sending it again.',
  },
};

/** The server, or something before it, answered with success but not with what the operation answers. */
export class ParseError extends ConductorSdkError {
  declare readonly code: ParseErrorCode;
  declare readonly status: number;
  declare readonly contentType: string | undefined;
  /** The start of what came. */
  declare readonly snippet: string;
  declare readonly bodyLength: number;

  constructor(operation: string, answer: UnreadableAnswer, cause?: unknown) {
    const { trouble, ...seen } = answer;
    const { code, says, hint } = KINDS[trouble];
    super(`${operation} failed: ${says}`, cause, { code, hint, brands: ['ParseError', 'ConductorSdkError'] });
    Object.assign(this, seen);
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isInstanceByBrand(this, ParseError, 'ParseError', value);
  }
}
