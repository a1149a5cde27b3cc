import { isInstanceByBrand } from './brand.ts';
import { ConductorSdkError } from './conductor-sdk-error.ts';

/** What is wrong with the parameters of a call. */
export interface RequestProblem {
  /** Name of the parameter, or where in the body it is: `input.items[3].when`. */
  readonly path: string;
  /** Says what is wrong, without the path: completes "workflow.get was not sent: …". */
  readonly trouble: string;
  /** What would be right. */
  readonly advice: string;
}

/** The call was refused before anything was sent, since the server could not have understood it. */
export class InvalidRequestError extends ConductorSdkError {
  /** Name of the parameter, or where in the body it is: `input.items[3].when`. */
  readonly path: string;
  readonly operation: string;

  constructor(operation: string, problem: RequestProblem, cause?: unknown) {
    super(`${operation} was not sent: ${problem.trouble}`, cause, {
      code: 'INVALID_REQUEST',
      hint: `${problem.path}: ${problem.advice}`,
      brands: ['InvalidRequestError', 'ConductorSdkError'],
    });
    this.path = problem.path;
    this.operation = operation;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isInstanceByBrand(this, InvalidRequestError, 'InvalidRequestError', value);
  }
}
