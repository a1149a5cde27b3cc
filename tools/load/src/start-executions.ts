import type { ConductorClient } from '@conductor-ts/client';
import type { CallTimer } from '@conductor-ts/demo/call-timer';
import { inParallel } from '@conductor-ts/demo/in-parallel';
import type { RunNames } from './definitions.ts';
import type { PatientCalls } from './patient-calls.ts';

export interface Starts {
  /** By correlation id, the id that the server answered or that was found by looking. */
  readonly acknowledged: Map<string, string>;
  /** Starts of unknown outcome that had been carried out. */
  foundAgain: number;
}

/** Starts one execution for each correlation id, each exactly once, many at a time. */
export async function startExecutions(
  client: ConductorClient,
  { workflow }: RunNames,
  correlationIds: readonly string[],
  inFlight: number,
  patient: PatientCalls,
  timer: CallTimer,
  starts: Starts,
): Promise<void> {
  await inParallel(inFlight, correlationIds, async (correlationId) => {
    const body = { name: workflow, version: 1, correlationId, input: { correlationId } };
    const start = (): Promise<string> => timer.time(() => client.workflow.start({ body }));
    const look = async (): Promise<string | undefined> => {
      const query = { name: workflow, correlationId, includeClosed: true };
      const [found] = await patient.repeat(() => client.workflow.getByCorrelationId(query));
      if (found === undefined) return undefined;
      starts.foundAgain += 1;
      const { workflowId } = found;
      // A server that dies between writing an execution down and queueing its first task never looks at it again by itself.
      await patient.repeat(() => client.workflow.decide({ workflowId }));
      return workflowId;
    };
    starts.acknowledged.set(correlationId, await patient.lookBeforeRepeating(start, look));
  });
}
