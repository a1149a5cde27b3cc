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
export const schedulerPause: (
  client: FamilyCaller,
  params: SchedulerPauseByPutParams,
  options?: CallOptions,
) => Promise<void> = /* @__PURE__ */ onEither(schedulerPauseByPutOperation, schedulerPauseByGetOperation);

/** Resumes one schedule, on either server. */
export const schedulerResume: (
  client: FamilyCaller,
  params: SchedulerResumeByPutParams,
  options?: CallOptions,
) => Promise<void> = /* @__PURE__ */ onEither(schedulerResumeByPutOperation, schedulerResumeByGetOperation);

/** By the family where it is known; else PUT, and GET only where the server does not know PUT there (405). */
export function onEither(
  onOss: Operation,
  onOrkes: Operation,
): (client: FamilyCaller, params: object, options?: CallOptions) => Promise<void> {
  const name = onOss.name.replace('ByPut', '');
  return async (client, params, options) => {
    const call = (operation: Operation): Promise<void> => client.execute({ ...operation, name }, params, options);
    if (client.serverFamily === 'orkes') return call(onOrkes);
    try {
      await call(onOss);
    } catch (error) {
      if (client.serverFamily === 'oss' || !(error instanceof ConductorApiError) || error.status !== 405) throw error;
      await call(onOrkes);
    }
  };
}
