import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { Server } from '../src/document.ts';
import { eachOperation } from '../src/lint/each-operation.ts';
import { loadDocument } from '../src/load-document.ts';
import { readSource } from '../src/read-source.ts';

const document = loadDocument(readSource(resolve(import.meta.dirname, '../../../packages/client/openapi')));
const source = [...eachOperation(document)].map(({ httpMethod, path, operation }) => ({
  request: `${httpMethod.toUpperCase()} ${path}`,
  server: operation['x-conductor-server'],
}));

/** Which requests the servers know: written down from their own API documents, once for each release. */
const facts = readFileSync(resolve(import.meta.dirname, 'facts/operations.tsv'), 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [method, path, server] = line.split('\t');
    return { request: `${method} ${path}`, server };
  });

test('each request that a server knows has an operation, with its mark', () => {
  const marks = new Map(source.map(({ request, server }) => [request, server]));
  const wrong = facts.filter(({ request, server }) => marks.get(request) !== server);
  expect(wrong).toEqual([]);
});

test('no operation is one that no server knows', () => {
  const known = new Set(facts.map(({ request }) => request));
  expect(source.filter(({ request }) => !known.has(request))).toEqual([]);
});

test('Orkes has 272 operations, the open-source server 156, and 86 of them are the same', () => {
  const count = (...marks: readonly Server[]): number =>
    source.filter(({ server }) => server !== undefined && marks.includes(server)).length;
  expect({ orkes: count('orkes', 'both'), oss: count('oss', 'both'), both: count('both'), all: source.length }).toEqual(
    {
      orkes: 272,
      oss: 156,
      both: 86,
      all: 342,
    },
  );
});
