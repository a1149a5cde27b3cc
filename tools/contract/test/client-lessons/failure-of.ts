import { ConductorSdkError } from '@conductor-ts/client';
import { expect } from 'vitest';

export { judged, raw } from '../../src/contract.ts';

/** The error that a call ended with. */
export async function failureOf(call: Promise<unknown>): Promise<ConductorSdkError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ConductorSdkError);
  return error as ConductorSdkError;
}
