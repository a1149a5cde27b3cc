import { expect, test } from 'vitest';
import { mergeFragments } from '../src/merge-fragments.ts';

test('paths and schemas of several files end up in one document', () => {
  const { document, problems } = mergeFragments([
    { file: 'openapi.yaml', content: { openapi: '3.1.0' } },
    { file: 'paths/a.yaml', content: { paths: { '/a': { get: { summary: 'A' } } } } },
    { file: 'schemas/b.yaml', content: { components: { schemas: { B: { type: 'string' } } } } },
  ]);
  expect(problems).toEqual([]);
  expect(document).toEqual({
    openapi: '3.1.0',
    paths: { '/a': { get: { summary: 'A' } } },
    components: { schemas: { B: { type: 'string' } } },
  });
});

test('two files may hold different methods of one path', () => {
  const { document, problems } = mergeFragments([
    { file: 'a.yaml', content: { paths: { '/a': { get: { summary: 'Get' } } } } },
    { file: 'b.yaml', content: { paths: { '/a': { put: { summary: 'Put' } } } } },
  ]);
  expect(problems).toEqual([]);
  expect(document).toEqual({ paths: { '/a': { get: { summary: 'Get' }, put: { summary: 'Put' } } } });
});

test('an operation in two files is a problem that names both', () => {
  const fragments = ['a.yaml', 'b.yaml'].map((file) => ({ file, content: { paths: { '/a': { get: { tags: [] } } } } }));
  expect(mergeFragments(fragments).problems).toEqual([
    'b.yaml: /paths//a/get is defined in a.yaml already. Keep one of the two.',
  ]);
});

test('a schema in two files is a problem, even where their fields differ', () => {
  const { problems } = mergeFragments([
    { file: 'a.yaml', content: { components: { schemas: { Task: { type: 'object' } } } } },
    { file: 'b.yaml', content: { components: { schemas: { Task: { description: 'More.' } } } } },
  ]);
  expect(problems).toEqual(['b.yaml: /components/schemas/Task is defined in a.yaml already. Keep one of the two.']);
});

test('a file that holds no map is a problem', () => {
  expect(mergeFragments([{ file: 'empty.yaml', content: null }]).problems).toEqual([
    'empty.yaml: is not a map. A file holds `paths:` or `components:` at its top.',
  ]);
});

test('the fragments stay as they are', () => {
  const content = { paths: { '/a': { get: {} } } };
  mergeFragments([
    { file: 'a.yaml', content },
    { file: 'b.yaml', content: { paths: { '/b': {} } } },
  ]);
  expect(content).toEqual({ paths: { '/a': { get: {} } } });
});
