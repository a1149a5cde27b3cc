import type { ConductorClient, Workflow } from '@conductor-ts/client';
import type { RunNames } from './definitions.ts';

/** The server's own account of a run. */
export interface Account {
  /** By the search: all executions of the run's definition, and those completed. */
  readonly found: number;
  readonly foundCompleted: number;
  /** By the correlation id: none, or not the one that was acknowledged. */
  readonly lost: number;
  /** More than one execution. */
  readonly twice: number;
  /** Not completed, or not with each of its tasks completed exactly once. */
  readonly unfinished: number;
}

/** Correlation ids in one question. */
const AT_ONCE = 50;

export async function countExecutions(
  client: ConductorClient,
  names: RunNames,
  acknowledged: ReadonlyMap<string, string>,
): Promise<Account> {
  const byId = new Map<string, readonly Workflow[]>();
  const ids = [...acknowledged.keys()];
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const body = ids.slice(at, at + AT_ONCE);
    const query = { name: names.workflow, includeClosed: true, includeTasks: true, body };
    for (const [id, found] of Object.entries(await client.workflow.getByCorrelationIds(query))) byId.set(id, found);
  }
  const found = (condition: string): Promise<number> => searchCount(client, names, condition);
  return {
    found: await found(''),
    foundCompleted: await found(` AND status='COMPLETED'`),
    ...judge(acknowledged, byId, names.tasks),
  };
}

async function searchCount(client: ConductorClient, { workflow }: RunNames, condition: string): Promise<number> {
  const { totalHits } = await client.workflow.search({ query: `workflowType='${workflow}'${condition}`, size: 1 });
  return totalHits;
}

/** Holds what the server has against what it has acknowledged. */
export function judge(
  acknowledged: ReadonlyMap<string, string>,
  byId: ReadonlyMap<string, readonly Workflow[]>,
  tasks: readonly string[],
): Pick<Account, 'lost' | 'twice' | 'unfinished'> {
  const count = { lost: 0, twice: 0, unfinished: 0 };
  for (const [correlationId, workflowId] of acknowledged) {
    const executions = byId.get(correlationId) ?? [];
    const own = executions.find((execution) => execution.workflowId === workflowId);
    if (own === undefined) count.lost += 1;
    else if (!isFinished(own, tasks)) count.unfinished += 1;
    if (executions.length > 1) count.twice += 1;
  }
  return count;
}

function isFinished({ status, tasks: ran }: Workflow, tasks: readonly string[]): boolean {
  const completed = ran.filter((task) => task.status === 'COMPLETED').map((task) => task.referenceTaskName);
  return status === 'COMPLETED' && completed.length === tasks.length && tasks.every((name) => completed.includes(name));
}
