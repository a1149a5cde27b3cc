import { resolve } from 'node:path';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { expect, test } from 'vitest';
import { loadDocument } from '../src/load-document.ts';
import { readSource } from '../src/read-source.ts';

/**
 * Redocly's recommended rules and some more. What is off is so because the document describes servers as they are, and
 * none of it can be changed there.
 */
const config = await createConfig({
  extends: ['recommended'],
  rules: {
    'no-schema-type-mismatch': 'error',
    'no-required-schema-properties-undefined': 'error',
    'no-illogical-composition-keywords': 'error',
    'no-mixed-number-range-constraints': 'error',
    'no-duplicated-enum-values': 'error',
    'no-unused-components': 'error',
    'operation-parameters-unique': 'error',
    'parameter-description': 'error',
    'path-not-include-query': 'error',
    // One call is /api/workflow/{name}, another /api/workflow/{workflowId}.
    'no-identical-paths': 'off',
    'no-ambiguous-paths': 'off',
    'no-path-trailing-slash': 'off',
    // Any operation may answer with any status and the same error body, which the client reads in one place.
    'operation-4xx-response': 'off',
    // Where a server on one's own machine listens.
    'no-server-example.com': 'off',
  },
});

const source = loadDocument(readSource(resolve(import.meta.dirname, '../../../packages/client/openapi')));

test('the source is a sound OpenAPI document', async () => {
  expect(await problemsOf(source)).toEqual([]);
});

test('what is unsound is found', async () => {
  const broken = { ...source, components: { schemas: { Unused: { type: 'object', required: ['a'] } } } };
  const found = await problemsOf(broken);
  expect(found).toContainEqual(expect.stringMatching(/^no-unresolved-refs /));
  expect(found).toContainEqual(expect.stringMatching(/^no-unused-components .*Unused/));
});

async function problemsOf(document: object): Promise<string[]> {
  const text = JSON.stringify(document);
  const problems = await lintFromString({ source: text, absoluteRef: 'openapi.json', config });
  return problems.map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer}: ${message}`);
}
