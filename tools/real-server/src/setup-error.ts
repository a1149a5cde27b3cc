/** What went wrong before the command could run: shown as it is, without a stack. */
export class SetupError extends Error {
  override readonly name: string = 'SetupError';
  readonly exitCode: number = 1;
}

/** This machine lacks what a server needs: the lane cannot run here, and nothing has failed. */
export class MissingToolError extends SetupError {
  override readonly name = 'MissingToolError';
  override readonly exitCode = 2;
}
