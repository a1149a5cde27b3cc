import { expect, test } from 'vitest';
import { nextStart, type Page, Paged } from '../../src/composed/paged.ts';
import { humanSearchAll, workflowSearchAll } from '../../src/composed/search-all.ts';
import { json, recordingCaller } from '../recording-caller.ts';

interface Hit {
  id: number;
}

const hits = (from: number, to: number): Hit[] =>
  Array.from({ length: to - from }, (_, index) => ({ id: from + index }));

/** A search over a list that may change between two pages. */
function searching(
  pages: readonly (readonly Hit[])[],
  options: { start?: number; size?: number; total?: number; signal?: AbortSignal } = {},
) {
  const asked: number[] = [];
  const { start = 0, size = 2, total, signal } = options;
  const get = async (from: number) => {
    asked.push(from);
    return { results: pages[asked.length - 1] ?? [], totalHits: total };
  };
  return { paged: new Paged<Hit>({ start, size, get, id: 'id' }, { signal }), asked };
}

test('nothing is asked before a hit is, and no page before its first hit is', async () => {
  const { paged, asked } = searching([hits(0, 2), hits(2, 4), hits(4, 5)]);
  const iterator = paged[Symbol.asyncIterator]();
  expect(asked).toEqual([]);
  await iterator.next();
  await iterator.next();
  expect(asked).toEqual([0]);
  await iterator.next();
  expect(asked).toEqual([0, 2]);
});

test('every hit comes, page after page, until a page is short', async () => {
  const { paged, asked } = searching([hits(0, 2), hits(2, 4), hits(4, 5)]);
  expect((await paged.toArray()).map(({ id }) => id)).toEqual([0, 1, 2, 3, 4]);
  expect(asked).toEqual([0, 2, 4]);
});

test('a hit that new ones push to the next page comes once', async () => {
  const { paged } = searching([hits(0, 2), hits(1, 3), hits(3, 4)]);
  expect((await paged.toArray()).map(({ id }) => id)).toEqual([0, 1, 2, 3]);
});

test('leaving the loop ends it: nothing more is asked', async () => {
  const { paged, asked } = searching([hits(0, 2), hits(2, 4)]);
  for await (const { id } of paged) if (id === 1) break;
  expect(asked).toEqual([0]);
});

test('an abort ends it with its reason, also within a page', async () => {
  const controller = new AbortController();
  const { paged, asked } = searching([hits(0, 2), hits(2, 4)], { signal: controller.signal });
  const seen: number[] = [];
  const loop = async (): Promise<void> => {
    for await (const { id } of paged) {
      seen.push(id);
      controller.abort('enough');
    }
  };
  await expect(loop()).rejects.toBe('enough');
  expect([seen, asked]).toEqual([[0], [0]]);
});

test('pages say where the next one begins, and the last one that there is none', async () => {
  const { paged } = searching([hits(4, 6), hits(6, 7)], { start: 4, total: 7 });
  const pages: Page<Hit>[] = [];
  for await (const page of paged.pages()) pages.push(page);
  expect(pages.map(({ start, next, totalHits }) => [start, next, totalHits])).toEqual([
    [4, 6, 7],
    [6, undefined, 7],
  ]);
});

test('each loop begins anew', async () => {
  const { paged, asked } = searching([hits(0, 1), hits(0, 1)]);
  expect(await paged.toArray()).toHaveLength(1);
  expect(await paged.toArray()).toHaveLength(1);
  expect(asked).toEqual([0, 0]);
});

test.each([
  ['a full page is followed by another', 0, 100, 100, undefined, 100],
  ['also where the total says that this was all, since some stores count the page only', 0, 100, 100, 100, 100],
  ['a short page is the last', 100, 7, 100, undefined, undefined],
  ['unless the total says that the server gives less at once', 0, 50, 100, 120, 50],
  ['an empty page is the last, whatever the total says', 100, 0, 100, 1_000, undefined],
])('%s', (_, start, found, size, total, next) => {
  expect(nextStart(start, found, size, total)).toBe(next);
});

test('the id of a scrolling search goes with the next page', async () => {
  const { caller, sent } = recordingCaller(({ url }) =>
    json({ results: url.includes('start=0') ? [{ workflowId: 'a' }, { workflowId: 'b' }] : [], queryId: 'q1' }),
  );
  await workflowSearchAll(caller, { size: 2, query: 'status = RUNNING' }).toArray();
  expect(sent.map(({ url }) => url.replace(/^.*\?/, ''))).toEqual([
    'start=0&size=2&query=status%20%3D%20RUNNING',
    'start=2&size=2&query=status%20%3D%20RUNNING&queryId=q1',
  ]);
});

test('a search whose paging is in its body pages there', async () => {
  const { caller, sent } = recordingCaller(() => json({ results: sent.length === 1 ? [{ taskId: 'a' }] : [] }));
  await humanSearchAll(caller, { body: { size: 1, states: ['ASSIGNED'] } }).toArray();
  expect(sent.map(({ init }) => init.body)).toEqual([
    '{"size":1,"states":["ASSIGNED"],"start":0}',
    '{"size":1,"states":["ASSIGNED"],"start":1}',
  ]);
});
