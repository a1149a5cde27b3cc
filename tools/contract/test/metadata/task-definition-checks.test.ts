import { expect, test } from 'vitest';
import { client, raw, unique } from '../../src/contract.ts';
import { begins, invalid, refusal, refused } from '../../src/refusals.ts';

const AT = 'registerTaskDef.arg0[0]';

test.each<[string, object, [path: string, message: string, value?: string]]>([
  ['no name', {}, [`${AT}.name`, 'TaskDef name cannot be null or empty']],
  ['retries', { retryCount: -1 }, [`${AT}.retryCount`, 'TaskDef retryCount: 0 must be >= 0', '-1']],
  [
    'no response timeout',
    { responseTimeoutSeconds: 0 },
    [`${AT}.responseTimeoutSeconds`, 'TaskDef responseTimeoutSeconds: 0 should be minimum 1 second', '0'],
  ],
  [
    'a longer response timeout',
    { timeoutSeconds: 10, responseTimeoutSeconds: 20 },
    [AT, 'TaskDef: t responseTimeoutSeconds: 20 must be less than timeoutSeconds: 10'],
  ],
  [
    'a longer timeout than in total',
    { timeoutSeconds: 20, totalTimeoutSeconds: 10, responseTimeoutSeconds: 5 },
    [AT, 'TaskDef: t timeoutSeconds: 20 must be less than or equal to totalTimeoutSeconds: 10'],
  ],
  [
    'a scale factor of 0',
    { backoffScaleFactor: 0 },
    [`${AT}.backoffScaleFactor`, 'Backoff scale factor. Applicable for LINEAR_BACKOFF', '0'],
  ],
  [
    'a poll timeout',
    { pollTimeoutSeconds: -1 },
    [`${AT}.pollTimeoutSeconds`, 'TaskDef pollTimeoutSeconds: 0 must be >= 0', '-1'],
  ],
  [
    'a longest delay',
    { maxRetryDelaySeconds: -1 },
    [`${AT}.maxRetryDelaySeconds`, 'TaskDef maxRetryDelaySeconds: 0 must be >= 0', '-1'],
  ],
  ['jitter', { backoffJitterMs: -1 }, [`${AT}.backoffJitterMs`, 'TaskDef backoffJitterMs: 0 must be >= 0', '-1']],
])('a definition is refused for %s', async (what, fields, problem) => {
  const def = what === 'no name' ? fields : { name: 't', ...fields };
  expect(await refused('POST /api/metadata/taskdefs', [def])).toEqual(invalid(problem));
});

test('an update is checked in the same way, under its own name', async () => {
  expect(await refused('PUT /api/metadata/taskdefs', { name: 't', retryCount: -1 })).toEqual(
    invalid(['updateTaskDef.arg0.retryCount', 'TaskDef retryCount: 0 must be >= 0', '-1']),
  );
});

test('all faults of all definitions come at once', async () => {
  expect(await refused('POST /api/metadata/taskdefs', [{ name: 't', retryCount: -1 }, {}])).toEqual(
    invalid(
      ['registerTaskDef.arg0[0].retryCount', 'TaskDef retryCount: 0 must be >= 0', '-1'],
      ['registerTaskDef.arg0[1].name', 'TaskDef name cannot be null or empty'],
    ),
  );
});

test('a text is read as a definition of that name', async () => {
  const name = unique('named');
  expect(await refused('PUT /api/metadata/taskdefs', JSON.stringify(name))).toEqual(
    refusal(404, `No such task by name ${name}`),
  );
  expect((await raw('POST', '/api/metadata/taskdefs', JSON.stringify([name]))).status).toBe(200);
  expect(await client.metadata.getTaskDef({ tasktype: name })).toMatchObject({ name, retryCount: 3 });
  expect(await refused('PUT /api/metadata/taskdefs', '5')).toEqual(refusal(500, begins('JSON parse error: Cannot ')));
});

test('an empty list is refused', async () => {
  expect(await refused('POST /api/metadata/taskdefs', [])).toEqual(
    invalid(['registerTaskDef.arg0', 'TaskDefList is empty']),
  );
});
