import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { findErrorCodes } from '../src/find-error-codes.ts';
import { findTestTitles } from '../src/find-test-titles.ts';

const docs = resolve(import.meta.dirname, '../../../docs');
const reliability = resolve(docs, '../tools/reliability/test');
const page = readFileSync(resolve(docs, 'faults.md'), 'utf8');
/** `[title of a test](its file)`. */
const links = Array.from(
  page.matchAll(/\[((?:[^\][\\]|\\.)+)\]\(([^)]+\.test\.ts)\)/g),
  ([, text = '', path = '']) => ({
    title: text.replaceAll(/\\(.)/g, '$1'),
    file: resolve(docs, path),
  }),
);

test('every test that the page names is there', () => {
  expect(links.length).toBeGreaterThan(150);
  const titlesOf = new Map<string, readonly string[]>();
  const missing = links.filter(({ title, file }) => {
    if (!titlesOf.has(file)) titlesOf.set(file, existsSync(file) ? findTestTitles(file) : []);
    return titlesOf.get(file)?.includes(title) !== true;
  });
  expect(missing).toEqual([]);
});

test('every fault that is tried on the whole client has its line', () => {
  const named = new Set(links.map(({ title, file }) => `${file} ${title}`));
  const files = readdirSync(reliability, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => resolve(reliability, file));
  expect(files.length).toBeGreaterThan(10);
  const titles = files.flatMap((file) => findTestTitles(file).map((title) => `${file} ${title}`));
  expect(titles.filter((title) => !named.has(title))).toEqual([]);
});

test('every row names a test, and every code on the page is one of an error', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('| ') && !/^\| (fault|when|-+) /.test(line));
  expect(rows.length).toBeGreaterThan(100);
  expect(rows.filter((row) => !row.includes('.test.ts)'))).toEqual([]);
  const codes = new Set(Array.from(page.matchAll(/`([A-Z]+(?:_[A-Z]+)*)`/g), ([, code = '']) => code));
  const known = new Set(findErrorCodes());
  expect([...codes].filter((code) => !known.has(code))).toEqual([]);
});
