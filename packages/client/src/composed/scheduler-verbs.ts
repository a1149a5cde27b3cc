import { ConductorApiError } from '../errors/conductor-api-error.ts';
import type { SchedulerPauseByPutParams, SchedulerResumeByPutParams } from '../generated/params.gen.ts';
import {
  schedulerPauseByGetOperation,
  schedulerPauseByPutOperation,
  schedulerResumeByGetOperation,
  schedulerResumeByPutOperation,
} from '../generated/operations.gen.ts';
import type { Caller, CallOptions } from '../runtime/caller.ts';
import type { Operation } from '../runtime/operation.ts';
import type { ServerFamily } from '../server-family.ts';

/** A caller that may know which server it talks to, as the client does. */
export interface FamilyCaller extends Caller {
  readonly serverFamily: ServerFamily;
}

/** Calls that the open-source server takes as a PUT and Orkes as a GET: these work on both. */
export interface SchedulerVerbs {
  /** Pauses one schedule. A paused schedule stays paused. `reason` is kept by the open-source server only. */
  pause(params: SchedulerPauseByPutParams, options?: CallOptions): Promise<void>;
  /** Resumes one schedule. */
  resume(params: SchedulerResumeByPutParams, options?: CallOptions): Promise<void>;
}

/** Pauses one schedule, on either server. */
export function schedulerPause(
  client: FamilyCaller,
  params: SchedulerPauseByPutParams,
  options?: CallOptions,
): Promise<void> {
  return onEither(
    client,
    'scheduler.pause',
    schedulerPauseByPutOperation,
    schedulerPauseByGetOperation,
    params,
    options,
  );
}

/** Resumes one schedule, on either server. */
export function schedulerResume(
  client: FamilyCaller,
  params: SchedulerResumeByPutParams,
  options?: CallOptions,
): Promise<void> {
  return onEither(
    client,
    'scheduler.resume',
    schedulerResumeByPutOperation,
    schedulerResumeByGetOperation,
    params,
    options,
  );
}

/** By the family where it is known; else PUT, and GET only where the server does not know PUT there (405). */
async function onEither(
  client: FamilyCaller,
  name: string,
  onOss: Operation,
  onOrkes: Operation,
  params: object,
  options: CallOptions | undefined,
): Promise<void> {
  const call = (operation: Operation): Promise<void> => client.execute({ ...operation, name }, params, options);
  if (client.serverFamily === 'orkes') return call(onOrkes);
  try {
    await call(onOss);
  } catch (error) {
    if (client.serverFamily === 'oss' || !(error instanceof ConductorApiError) || error.status !== 405) throw error;
    await call(onOrkes);
  }
}
