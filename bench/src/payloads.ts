/** What a call is about; the same for every contender. */
export type CallKind = 'get' | 'post' | 'large';

export const CALL_KINDS: readonly CallKind[] = ['get', 'post', 'large'];

export const WORKFLOW_ID = '3f1e7c52-9a54-4d0e-8a1c-5b6f2d9e7a10';
export const LARGE_ID = 'c0ffee00-9a54-4d0e-8a1c-5b6f2d9e7a10';

/** 60 bytes of JSON. */
export const SMALL_ANSWER: string = JSON.stringify({ workflowId: WORKFLOW_ID, v: 12 });

/** 1 kB of JSON. */
export const START_REQUEST: { readonly name: string; readonly input: { readonly note: string } } = {
  name: 'order',
  input: { note: 'x'.repeat(1024 - JSON.stringify({ name: 'order', input: { note: '' } }).length) },
};

/** 30 kB of JSON: an execution with its tasks. */
export const LARGE_ANSWER: string = largeAnswer();

export function idOf(kind: CallKind): string {
  return kind === 'large' ? LARGE_ID : WORKFLOW_ID;
}

export function pathOf(kind: CallKind): string {
  if (kind === 'post') return '/api/workflow';
  return `/api/workflow/${idOf(kind)}?includeTasks=${kind === 'large'}`;
}

function largeAnswer(): string {
  const tasks: unknown[] = [];
  const text = (): string => JSON.stringify({ workflowId: LARGE_ID, status: 'RUNNING', tasks });
  for (let index = 0; text().length < 30_000; index += 1) {
    const taskId = `${index}`.padStart(8, '0').concat(WORKFLOW_ID.slice(8));
    const times = { scheduledTime: 1_760_000_000_000 + index, startTime: 1_760_000_000_100 + index };
    tasks.push({
      taskId,
      taskType: 'SIMPLE',
      status: 'COMPLETED',
      ...times,
      outputData: { index, receipt: `R-${index}` },
    });
  }
  return text();
}
