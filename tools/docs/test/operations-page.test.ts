import * as client from '@conductor-ts/client';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { operationsPage } from '../src/operations-page.ts';
import { readFacts } from '../src/read-facts.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../../docs/operations.md'), 'utf8');
const facts = await readFacts();

test('the page is what the API source says now; `pnpm docs:operations` makes it', () => {
  expect(page === operationsPage(facts)).toBe(true);
});

test('every method of the published SDK stands beside the operation that replaces it', () => {
  const old = [...facts.operations, ...facts.composed].flatMap(({ oldNames }) => oldNames);
  // One is replaced by a plain request.
  expect(old).toHaveLength(116);
  expect(new Set(old).size).toBe(116);
});

test('every function on the page is exported', () => {
  const names = Array.from(
    page.matchAll(/\| `([a-z]\w+)` \||`client\.\w+\.\w+`, `(\w+)`/g),
    ([, one, other]) => one ?? other ?? '',
  );
  expect(names.length).toBeGreaterThan(350);
  expect(names.filter((name) => !(name in client))).toEqual([]);
});

test('every composed method of a client is on the page', async () => {
  const one = await client.createConductorClient(
    { serverUrl: 'http://localhost', useEnvVars: false, logger: client.noopLogger },
    async () => new Response('{}'),
  );
  const known = new Set([...facts.operations, ...facts.composed].map(({ group, method }) => `${group}.${method}`));
  const groups = new Set(facts.operations.map(({ group }) => group));
  const methods = Object.entries(one)
    .filter(([name]) => groups.has(name))
    .flatMap(([name, group]: [string, object]) => Object.keys(group).map((method) => `${name}.${method}`));
  await one.close();
  expect(methods.filter((name) => !known.has(name))).toEqual([]);
});
