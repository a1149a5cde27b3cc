import { expect, test } from 'vitest';
import { begins, invalid, refusal, refused } from '../../src/refusals.ts';

/** What the server calls the methods behind the paths. */
const METHODS = [
  ['PUT', 'pause', 'pauseWorkflow'],
  ['PUT', 'resume', 'resumeWorkflow'],
  ['POST', 'restart', 'restart'],
  ['POST', 'retry', 'retry'],
  ['POST', 'terminate', 'terminate'],
  ['DELETE', 'remove', 'deleteWorkflow'],
  ['DELETE', 'terminate-remove', 'terminateRemove'],
  ['POST', 'search', 'searchWorkflow'],
] as const;

test.each(METHODS)('%s of %s needs 1 to 1000 ids', async (method, verb, name) => {
  const request = `${method} /api/workflow/bulk/${verb}`;
  expect(await refused(request, [])).toEqual(invalid([`${name}.arg0`, 'WorkflowIds list cannot be null.']));
  expect(await refused(request, Array.from({ length: 1_001 }, String))).toEqual(
    invalid([`${name}.arg0`, 'Cannot process more than 1000 workflows. Please use multiple requests.']),
  );
});

test.each(METHODS)('%s of %s needs a list, and no nulls in it', async (method, verb) => {
  const request = `${method} /api/workflow/bulk/${verb}`;
  expect(await refused(request)).toEqual(refusal(500, begins('Required request body is missing: public')));
  expect(await refused(request, {})).toEqual(
    refusal(500, begins('JSON parse error: Cannot deserialize value of type')),
  );
  expect(await refused(request, [null])).toEqual(refusal(500, begins('Could not write JSON: Null key for a Map')));
});
