import type { ConductorClient } from '@conductor-ts/client';
import type { CallTimer } from './call-timer.ts';
import { inParallel } from './in-parallel.ts';
import { WORKFLOW } from './definitions.ts';
import { mayHaveHappened } from './may-have-happened.ts';
import { untilAnswered, wasRefusedForNow } from './until-answered.ts';

/** What happened while the executions were started. */
export interface Starts {
  readonly workflowIds: ReadonlyMap<string, string>;
  /** Starts whose answer was lost, and how many of these the server had executed all the same. */
  readonly answersLost: number;
  readonly foundAgain: number;
}

/** Starts one execution for each correlation id, each exactly once. */
export async function startExecutions(
  client: ConductorClient,
  timer: CallTimer,
  correlationIds: readonly string[],
  onStarted: () => void,
): Promise<Starts> {
  const workflowIds = new Map<string, string>();
  let answersLost = 0;
  let foundAgain = 0;

  await inParallel(16, correlationIds, async (correlationId) => {
    for (;;) {
      try {
        workflowIds.set(
          correlationId,
          await untilAnswered(() => timer.time(() => start(client, correlationId)), wasRefusedForNow),
        );
        break;
      } catch (error) {
        // Nobody but us can know whether a second start would do harm, so the client does not repeat it. Ask first.
        if (!mayHaveHappened(error)) throw error;
        answersLost += 1;
        const [found] = await untilAnswered(() =>
          timer.time(() => client.workflow.getByCorrelationId({ name: WORKFLOW, correlationId, includeClosed: true })),
        );
        if (found?.workflowId === undefined) continue;
        workflowIds.set(correlationId, found.workflowId);
        foundAgain += 1;
        break;
      }
    }
    onStarted();
  });
  return { workflowIds, answersLost, foundAgain };
}

function start(client: ConductorClient, correlationId: string): Promise<string> {
  return client.workflow.start({
    body: { name: WORKFLOW, version: 1, correlationId, input: { items: [{ sku: 'tea', count: 2 }] } },
  });
}
