import {
  AmbiguousRequestError,
  ConductorApiError,
  type ConductorClient,
  TimeoutError,
  TransportError,
} from '@conductor-ts/client';
import type { Tally } from './tally.ts';

export const WORKFLOW = 'churn';
const ATTEMPT_MS = 4_000;
/** Beyond it a call counts as unsettled. Far above every limit that the client has here. */
const UNSETTLED_MS = 60_000;

/** Makes calls one after the other, remembers what the server has promised, and checks what it says. */
export async function runCaller(
  name: string,
  client: ConductorClient,
  random: () => number,
  next: () => boolean,
  tally: Tally,
): Promise<void> {
  const own: { workflowId: string; correlationId: string; n: number }[] = [];
  for (let n = 0; next(); n += 1) {
    const dice = random();
    const correlationId = `${name}-${n}`;
    const known = own[Math.floor(random() * own.length)];
    if (dice < 0.5 || known === undefined) {
      const body = { name: WORKFLOW, correlationId, input: { caller: name, n } };
      const workflowId = await settled(tally, 'start', client.workflow.start({ body }, { timeoutMs: ATTEMPT_MS }));
      if (workflowId === undefined) continue;
      tally.acknowledged.set(correlationId, workflowId);
      own.push({ workflowId, correlationId, n });
      if (own.length > 50) own.shift();
    } else if (dice < 0.9) {
      const { workflowId } = known;
      const got = await settled(tally, 'get', client.workflow.get({ workflowId }, { timeoutMs: ATTEMPT_MS }));
      if (got === undefined) continue;
      const right =
        got.workflowId === workflowId &&
        got.correlationId === known.correlationId &&
        JSON.stringify(got.input) === JSON.stringify({ caller: name, n: known.n });
      if (!right) tally.wrong.push(`${known.correlationId} read as ${got.correlationId}: ${JSON.stringify(got.input)}`);
    } else {
      const controller = new AbortController();
      const reason = new Error('enough');
      setTimeout(() => controller.abort(reason), 20 * random());
      const poll = client.task.pollBatch({ tasktype: 'none', timeout: 50 }, { signal: controller.signal });
      await settled(tally, 'poll', poll, reason);
    }
  }
}

/** The result, or `undefined` when the call failed as a call may fail. */
async function settled<T>(tally: Tally, kind: string, call: Promise<T>, reason?: unknown): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), UNSETTLED_MS);
  });
  tally.calls += 1;
  try {
    const value = await Promise.race([call, late]);
    if (value === 'late') {
      tally.unsettled.push(kind);
      return undefined;
    }
    tally.succeeded += 1;
    return value;
  } catch (error) {
    if (error === reason) tally.count('aborted');
    else if (isExpected(error)) tally.count(`${error.name} ${error.code}`);
    else tally.unexpected.push(error);
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

/** What the faults may end a call with; anything else is an error of the client. */
function isExpected(error: unknown): error is Error & { code: string } {
  if (error instanceof ConductorApiError) return [401, 429, 502, 503].includes(error.status);
  return error instanceof AmbiguousRequestError || error instanceof TimeoutError || error instanceof TransportError;
}
