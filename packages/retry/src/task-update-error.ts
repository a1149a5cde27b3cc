import { brand, isInstance } from './error-brand.ts';

export interface TaskUpdateErrorFields {
  readonly attempts: number;
  /** The status of the last answer, where there was one. */
  readonly status: number | undefined;
  readonly cause: unknown;
  readonly taskResult: unknown;
}

/** A task's result could not be reported. It is in here, so that the work behind it is not lost. */
export class TaskUpdateError<Result = unknown> extends Error {
  override readonly name: string = 'TaskUpdateError';
  readonly code = 'TASK_UPDATE_FAILED';
  readonly hint: string = 'Report error.taskResult again later: the same result is taken any number of times.';
  readonly attempts: number;
  readonly status: number | undefined;
  readonly #taskResult: Result;

  constructor(fields: TaskUpdateErrorFields & { readonly taskResult: Result }) {
    super('The result of the task could not be reported', { cause: fields.cause });
    this.attempts = fields.attempts;
    this.status = fields.status;
    this.#taskResult = fields.taskResult;
    brand(this, ['TaskUpdateError']);
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isInstance(this, TaskUpdateError, 'TaskUpdateError', value);
  }

  /** As it was given. Business data: it appears in no message, inspection or JSON. */
  get taskResult(): Result {
    return this.#taskResult;
  }

  toJSON(): object {
    return { ...(this as object), message: this.message };
  }
}
