import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { betweenMarkers } from '../src/report/between-markers.ts';
import { goalsOf, isReached } from '../src/report/goals.ts';
import { markdownTable } from '../src/report/markdown-table.ts';
import { plot } from '../src/report/plot.ts';
import { allTables, callTable, provenance } from '../src/report/tables.ts';
import type { Results } from '../src/results.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const latest = JSON.parse(read('../results/latest.json')) as Results;

test('a table is as wide as its widest cell, and numbers stand at the right', () => {
  expect(markdownTable(['a', 'long title'], ['left', 'right'], [['first', '1']])).toBe(
    ['| a     | long title |', '| ----- | ---------: |', '| first |          1 |'].join('\n'),
  );
});

test('only what stands between the markers is replaced', () => {
  const page = 'before\n<!-- x -->\nold\n<!-- /x -->\nafter';
  expect(betweenMarkers(page, 'x', 'new')).toBe('before\n<!-- x -->\n\nnew\n\n<!-- /x -->\nafter');
});

test('a page without its markers is refused rather than left as it is', () => {
  expect(() => betweenMarkers('nothing', 'x', 'new')).toThrow('<!-- x -->');
});

test('a goal is judged by the digits that are shown', () => {
  const goal = { what: 'a ratio', unit: '', atMost: 1.15 } as const;
  expect(isReached({ ...goal, measured: 1.154 })).toBe(true);
  expect(isReached({ ...goal, measured: 1.156 })).toBe(false);
});

test('what was not measured reaches no goal', () => {
  expect(isReached({ what: 'a ratio', unit: '', atMost: 2, measured: Number.NaN })).toBe(false);
});

test('every goal has a number in the latest results', () => {
  expect(goalsOf(latest).filter((goal) => Number.isNaN(goal.measured))).toEqual([]);
});

test('the plot has a bar for each contender and protocol', () => {
  const bars = plot(latest).match(/<rect x=/g);
  expect(bars).toHaveLength(latest.calls.filter((one) => one.call === 'get').length);
});

test('plot and tables are those of the latest results', () => {
  expect(read('../results/latest.svg')).toBe(plot(latest));
  expect(read('../README.md')).toContain(allTables(latest));
  expect(read('../../README.md')).toContain(callTable(latest, 'h1'));
  expect(read('../../README.md')).toContain(provenance(latest));
});
