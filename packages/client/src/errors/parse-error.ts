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
  readonly isHtml: boolean;
}

/** The server, or something before it, answered with success but not with what the operation answers. */
export class ParseError extends ConductorSdkError {
  readonly status: number;
  readonly contentType: string | undefined;
  /** The start of what came. */
  readonly snippet: string;
  readonly bodyLength: number;

  constructor(operation: string, answer: UnreadableAnswer, cause?: unknown) {
    const what = answer.isHtml ? 'the answer is a web page' : 'the answer is not valid JSON';
    super(`${operation} failed: ${what}`, cause, {
      code: 'PARSE_FAILED',
      hint: answer.isHtml
        ? 'serverUrl (CONDUCTOR_SERVER_URL) most likely points at a user interface, a login page or a gateway. Give the address of the Conductor API, such as http://localhost:8080.'
        : 'The answer was cut off or altered on its way, or is not from Conductor: see `snippet`. The request has been processed, so look before sending it again.',
      brands: ['ParseError', 'ConductorSdkError'],
    });
    this.status = answer.status;
    this.contentType = answer.contentType;
    this.snippet = answer.snippet;
    this.bodyLength = answer.bodyLength;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isInstanceByBrand(this, ParseError, 'ParseError', value);
  }
}
