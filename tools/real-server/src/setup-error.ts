/** Something that this machine lacks or that the server said while it failed to start: shown as it is, without a stack. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}
