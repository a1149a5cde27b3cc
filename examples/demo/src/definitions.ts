import type { ConductorClient } from '@conductor-ts/client';

/** The three tasks of the workflow, in their order. */
export const TASKS = ['demo_price_order', 'demo_charge_card', 'demo_ship_parcel'] as const;
export type TaskName = (typeof TASKS)[number];
export const WORKFLOW = 'demo_order';

/** Registers what the executions need. Safe to repeat: both calls replace what is there. */
export async function registerDefinitions(
  client: ConductorClient,
  { responseTimeoutSeconds }: { readonly responseTimeoutSeconds: number },
): Promise<void> {
  await client.metadata.registerTaskDefs({
    body: TASKS.map((name) => ({
      name,
      description: 'A step of the demo',
      ownerEmail: 'demo@example.com',
      // Room for a failure of the task itself and for polls whose answer never arrived.
      retryCount: 10,
      retryLogic: 'FIXED',
      retryDelaySeconds: 0,
      timeoutSeconds: 0,
      // A task that was handed to nobody (the answer of the poll was lost) goes back into the queue after this time.
      responseTimeoutSeconds,
    })),
  });
  await client.metadata.updateWorkflowDefs({
    body: [
      {
        name: WORKFLOW,
        version: 1,
        description: 'An order: price it, charge the card, ship the parcel',
        ownerEmail: 'demo@example.com',
        schemaVersion: 2,
        timeoutSeconds: 0,
        timeoutPolicy: 'ALERT_ONLY',
        tasks: [
          step('demo_price_order', { items: '${workflow.input.items}' }),
          step('demo_charge_card', { amount: '${demo_price_order.output.amount}' }),
          step('demo_ship_parcel', { receipt: '${demo_charge_card.output.receipt}' }),
        ],
        outputParameters: { parcel: '${demo_ship_parcel.output.parcel}' },
      },
    ],
  });
}

function step(name: TaskName, inputParameters: Record<string, unknown>) {
  return { name, taskReferenceName: name, type: 'SIMPLE', inputParameters };
}
