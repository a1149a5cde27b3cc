import { expect, test } from 'vitest';
import { loadDocument, SourceError } from '../src/load-document.ts';
import { operation, sampleDocument } from './sample-document.ts';

test('operation ids are made of our own names, since those of the servers differ from release to release', () => {
  const document = sampleDocument({ '/x': { put: operation({ operationId: 'update_1' }) } });
  const { paths } = loadDocument([{ file: 'sample.yaml', content: document }]);
  expect(paths['/x']?.['put']?.operationId).toBe('thingAct');
  expect(paths['/api/orders']?.['get']?.operationId).toBe('orderList');
});

test('all faults are told at once, those of merging first', () => {
  const content = sampleDocument({ '/x': { put: operation({ summary: undefined }) } });
  const load = (): unknown =>
    loadDocument([
      { file: 'a.yaml', content },
      { file: 'b.yaml', content: { openapi: '3.1.1' } },
    ]);
  expect(load).toThrow(SourceError);
  expect(load).toThrow(
    'b.yaml: /openapi is defined in a.yaml already. Keep one of the two.\n' +
      'PUT /x: has no summary. Say in one line what it does.',
  );
});
