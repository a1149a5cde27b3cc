import { expect, test } from 'vitest';
import { client } from '../../src/contract.ts';
import { begins, refusal, refused } from '../../src/refusals.ts';

const PLACES = ['/api/workflow/externalstoragelocation', '/api/tasks/externalstoragelocation'];

test('without a storage there is a path, and no address to put anything at', async () => {
  const params = { path: 'a', operation: 'WRITE', payloadType: 'WORKFLOW_INPUT' } as const;
  const place = { path: expect.stringMatching(/^a[\da-f-]{36}\.json$/) as string };
  expect(await client.workflow.getExternalStorageLocation(params)).toEqual(place);
  expect(await client.workflow.getExternalStorageLocationAlias(params)).toEqual(place);
});

test.each(PLACES)('%s refuses what is no payload and no operation', async (path) => {
  for (const [operation, payloadType] of [
    ['NOPE', 'TASK_INPUT'],
    ['READ', 'NOPE'],
  ]) {
    expect(await refused(`GET ${path}?path=a&operation=${operation}&payloadType=${payloadType}`)).toEqual(
      refusal(400, `Invalid input - Operation: ${operation}, PayloadType: ${payloadType}`),
    );
  }
});

test.each(PLACES)('%s needs all of its parameters', async (path) => {
  expect(await refused(`GET ${path}?operation=READ&payloadType=TASK_INPUT`)).toEqual(
    refusal(500, begins("Required request parameter 'path' for method parameter type String is not present")),
  );
});
