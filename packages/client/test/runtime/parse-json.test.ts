import { assert, json, property } from 'fast-check';
import { startConductorServer } from '@conductor-ts/testing';
import { expect, test } from 'vitest';
import { bigIntegersAsStrings, createConductorClient, noopLogger } from '../../src/index.ts';

test('whole numbers that would lose digits are strings with all of them', () => {
  expect(bigIntegersAsStrings('{"a":9007199254740993,"b":[-12345678901234567890],"c":9007199254740991}')).toEqual({
    a: '9007199254740993',
    b: ['-12345678901234567890'],
    c: 9007199254740991,
  });
});

test('fractions, exponents and strings stay what they are', () => {
  const text = '{"a":0.12345678901234567,"b":1e300,"c":"12345678901234567890","d":1234567890123456.5}';
  expect(bigIntegersAsStrings(text)).toEqual(JSON.parse(text));
});

test('everything else reads as JSON.parse reads it', () => {
  const withoutLongNumbers = json().filter((text) => !/\d{16}/.test(text));
  assert(
    property(withoutLongNumbers, (text) => {
      // A long fraction makes it look at every number.
      const whole = `[1234567890123456.5,${text}]`;
      expect(bigIntegersAsStrings(whole)).toEqual(JSON.parse(whole));
    }),
  );
});

test('a client reads answers by the parser that it is given', async () => {
  await using server = await startConductorServer();
  server.faults.answer(200, {
    path: '/api/workflow/w',
    body: '{"workflowId":"w","output":{"id":12345678901234567890}}',
  });
  const config = { serverUrl: server.url, useEnvVars: false, logger: noopLogger };
  await using client = await createConductorClient(config, undefined, { parseJson: bigIntegersAsStrings });
  expect((await client.workflow.get<{ id: string }>({ workflowId: 'w' })).output.id).toBe('12345678901234567890');
});
