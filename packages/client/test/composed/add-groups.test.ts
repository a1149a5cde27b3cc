import { expect, test } from 'vitest';
import { addGroups } from '../../src/composed/add-groups.ts';
import * as client from '../../src/index.ts';
import { describedOperations } from '../every-operation/described-operations.ts';
import { json, recordingCaller } from '../recording-caller.ts';

type Callable = (...args: object[]) => unknown;

/** What is made of several operations: as a function, and as a method. */
const COMPOSED = {
  adminGetAllTasks: ['admin', 'getAllTasks'],
  agentGetAllTasks: ['agent', 'getAllTasks'],
  agentSearchAllExecutions: ['agent', 'searchAllExecutions'],
  agentSearchAllExecutionsRaw: ['agent', 'searchAllExecutionsRaw'],
  humanSearchAll: ['human', 'searchAll'],
  schedulerPause: ['scheduler', 'pause'],
  schedulerResume: ['scheduler', 'resume'],
  schedulerSearchAll: ['scheduler', 'searchAll'],
  schedulerSearchAllExecutions: ['scheduler', 'searchAllExecutions'],
  taskSearchAll: ['task', 'searchAll'],
  taskSearchAllV2: ['task', 'searchAllV2'],
  taskUpdateWithRetry: ['task', 'updateWithRetry'],
  workflowGetAllTasks: ['workflow', 'getAllTasks'],
  workflowSearchAll: ['workflow', 'searchAll'],
  workflowSearchAllByTasks: ['workflow', 'searchAllByTasks'],
  workflowSearchAllByTasksV2: ['workflow', 'searchAllByTasksV2'],
  workflowSearchAllV2: ['workflow', 'searchAllV2'],
  workflowStartAndWait: ['workflow', 'startAndWait'],
  workflowWaitFor: ['workflow', 'waitFor'],
} as const;

test.each(Object.entries(COMPOSED))('%s sends the same as client.%s does', async (name, [group, method]) => {
  const answers: Record<string, () => Response> = {
    'workflow.start': () => new Response('w'),
    'workflow.get': () => json({ workflowId: 'w', status: 'COMPLETED' }),
    'task.update': () => new Response('t'),
  };
  const { caller, sent } = recordingCaller(({ init }) =>
    (answers[init.call.operation] ?? (() => json({ results: [{ name: 'one' }], totalHits: 1 })))(),
  );
  const grouped = addGroups({ ...caller, serverFamily: 'unknown' as const });
  const params = { body: { name: 'w' }, workflowId: 'w', executionId: 'e', tasktype: 't', name: 'n', start: 3 };

  const asMethod = await settle((grouped[group] as unknown as Record<string, Callable>)[method]?.(params));
  const byMethod = sent.splice(0);
  const asFunction = await settle((client as unknown as Record<string, Callable>)[name]?.(grouped, params));
  expect(sent.map(({ url, init }) => [url, init.method, init.body, init.call.operation])).toEqual(
    byMethod.map(({ url, init }) => [url, init.method, init.body, init.call.operation]),
  );
  expect(sent.length).toBeGreaterThan(0);
  expect(asFunction).toEqual(asMethod);
});

test('whatever the server gives page by page can be had hit by hit', () => {
  const paged = describedOperations.filter(({ parameters }) => {
    const names = parameters.filter(({ in: where }) => where === 'query').map(({ name }) => name);
    return names.includes('start') && (names.includes('size') || names.includes('count'));
  });
  expect(paged.length).toBeGreaterThan(12);
  const { caller } = recordingCaller();
  const grouped = addGroups({ ...caller, serverFamily: 'unknown' as const }) as unknown as Record<string, object>;
  for (const { group, method, name } of paged) {
    expect(grouped[group], name).toHaveProperty(method.replace(/^(search|get)/, '$1All'));
  }
});

test('every group of the table is there, and none is made before somebody asks', () => {
  const { caller } = recordingCaller();
  const grouped = addGroups({ ...caller, serverFamily: 'unknown' as const });
  expect(Object.keys(grouped)).toEqual(expect.arrayContaining(['workflow', 'task', 'metadata', 'version']));
  expect(grouped.workflow).toBe(grouped.workflow);
});

async function settle(result: unknown): Promise<unknown> {
  return result instanceof client.Paged ? await result.toArray() : await result;
}
