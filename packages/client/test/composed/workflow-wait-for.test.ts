import { expect, test } from 'vitest';
import { workflowGetOperation } from '../../src/generated/operations.gen.ts';
import { waitForWorkflow, type Wait } from '../../src/composed/workflow-wait-for.ts';
import type { JsonObject } from '../../src/composed/typed-workflow.ts';
import { ConductorApiError, type CallOptions, WorkflowWaitError } from '../../src/index.ts';
import { json, recordingCaller } from '../recording-caller.ts';

type Answer = Response | Error;

test('polls until the execution has completed, and gives it', async () => {
  const { wait, polledAt } = waiting([running(), running(), completed({ paid: true })]);
  expect((await wait<{ paid: boolean }>({})).output.paid).toBe(true);
  expect(polledAt).toEqual([0, 1_000, 2_500]);
});

test('the time between two polls grows to five seconds', async () => {
  const { wait, polledAt } = waiting([...Array.from({ length: 8 }, running), completed()]);
  await wait({});
  const gaps = polledAt.slice(1).map((at, index) => at - (polledAt[index] ?? 0));
  expect(gaps).toEqual([1_000, 1_500, 2_250, 3_375, 5_000, 5_000, 5_000, 5_000]);
});

test('no wish makes it poll more than once a second', async () => {
  const { wait, polledAt } = waiting([running(), running(), completed()]);
  await wait({ pollMs: 10 });
  expect(polledAt).toEqual([0, 1_000, 2_000]);
});

test('tasks are left out unless they are asked for', async () => {
  const { wait, urls } = waiting([completed()]);
  await wait({});
  expect(urls).toEqual(['http://server/api/workflow/w?includeTasks=false']);
});

test.each(['FAILED', 'TERMINATED', 'TIMED_OUT'])(
  'an execution that has %s rejects the wait for its completion',
  async (status) => {
    const { wait } = waiting([
      running(),
      execution(status, { reasonForIncompletion: 'no stock', failedReferenceTaskNames: ['pack'] }),
    ]);
    const error = await wait({}).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(WorkflowWaitError);
    expect(error).toMatchObject({
      code: 'WORKFLOW_ENDED_OTHERWISE',
      message: 'workflow.waitFor failed: the execution ended, but not as awaited',
      workflowId: 'w',
      lastStatus: status,
      reason: 'no stock',
      failedTasks: ['pack'],
      polls: 2,
      waitedMs: 1_000,
    });
  },
);

test('with "terminal" every end is a result', async () => {
  const { wait } = waiting([execution('PAUSED'), execution('FAILED')]);
  expect((await wait({ until: 'terminal' })).status).toBe('FAILED');
});

test('a list of statuses is waited for, and missed at another end', async () => {
  expect((await waiting([running(), execution('PAUSED')]).wait({ until: ['PAUSED'] })).status).toBe('PAUSED');
  await expect(waiting([completed()]).wait({ until: ['PAUSED'] })).rejects.toThrow(WorkflowWaitError);
});

test('a function decides by what it is shown', async () => {
  const { wait, urls } = waiting([running(), execution('RUNNING', { variables: { step: 2 } })]);
  const seen = await wait({ until: ({ variables }) => variables?.['step'] === 2, includeTasks: true });
  expect(seen.status).toBe('RUNNING');
  expect(urls[0]).toContain('includeTasks=true');
});

test('a status of a newer server is waited out', async () => {
  const { wait, polledAt } = waiting([execution('HIBERNATING'), completed()]);
  await wait({});
  expect(polledAt).toHaveLength(2);
});

test('refused, broken and lost polls are survived', async () => {
  const { wait } = waiting([
    json({}, 429),
    json({}, 503),
    json({}, 500),
    Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } }),
    completed(),
  ]);
  expect((await wait({})).status).toBe('COMPLETED');
});

test.each([404, 401, 403, 400, 501])('a %i ends the wait: it would be the same next time', async (status) => {
  const { wait, polledAt } = waiting([json({}, status), completed()]);
  await expect(wait({})).rejects.toThrow(ConductorApiError);
  expect(polledAt).toHaveLength(1);
});

test('a server that stays out of reach is given up after five minutes', async () => {
  const { wait, polledAt } = waiting(Array.from({ length: 100 }, () => json({}, 503)));
  await expect(wait({})).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(polledAt.at(-1)).toBeGreaterThanOrEqual(300_000);
  expect(polledAt.at(-1)).toBeLessThan(310_000);
});

test('the end of the time rejects with the status seen last and the trouble of the last poll', async () => {
  const { wait, polledAt } = waiting([running(), json({}, 503), json({}, 503)]);
  const error = await wait({}, { totalTimeoutMs: 4_000 }).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'WAIT_TIMED_OUT', lastStatus: 'RUNNING', polls: 3, waitedMs: 4_000 });
  expect((error as Error).cause).toBeInstanceOf(ConductorApiError);
  expect(polledAt).toEqual([0, 1_000, 2_500]);
});

test('an abort rejects with its own reason, in the pause and before the first poll', async () => {
  const controller = new AbortController();
  const { wait, polledAt } = waiting([running(), running()], (ms) => {
    if (ms > 0) controller.abort('enough');
  });
  await expect(wait({}, { signal: controller.signal })).rejects.toBe('enough');
  expect(polledAt).toHaveLength(1);
  await expect(wait({}, { signal: controller.signal })).rejects.toBe('enough');
});

/** A wait whose clock runs by its own pauses. */
function waiting(answers: readonly Answer[], onSleep: (ms: number) => void = () => undefined) {
  let now = 0;
  const polledAt: number[] = [];
  const urls: string[] = [];
  const left = [...answers];
  const { caller } = recordingCaller(({ url }) => {
    polledAt.push(now);
    urls.push(url);
    const answer = left.shift();
    if (answer === undefined || answer instanceof Error) throw answer ?? new Error('no answer left');
    return answer;
  });
  const time = {
    now: () => now,
    sleep: async (ms: number, signal: AbortSignal | undefined) => {
      onSleep(ms);
      signal?.throwIfAborted();
      now += ms;
    },
  };
  const wait = <Output = JsonObject>(more: Partial<Wait<Output, JsonObject>>, options?: CallOptions) =>
    waitForWorkflow<Output, JsonObject>(
      caller,
      { workflowId: 'w', poll: workflowGetOperation, operation: 'workflow.waitFor', firstPollMs: 0, ...more },
      options,
      time,
    );
  return { wait, polledAt, urls };
}

function execution(status: string, more: object = {}): Response {
  return json({ workflowId: 'w', status, output: {}, ...more });
}

function running(): Response {
  return execution('RUNNING');
}

function completed(output: object = {}): Response {
  return execution('COMPLETED', { output });
}
