import * as fc from 'fast-check';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { findJsonLoss } from '../../src/runtime/find-json-loss.ts';

test('what JSON can hold has no loss', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(findJsonLoss(value)).toBeUndefined();
    }),
  );
});

test('a member that is undefined is left out, not a loss', () => {
  expect(findJsonLoss({ a: undefined, b: [{ c: undefined }] })).toBeUndefined();
});

const circular: Record<string, unknown> = {};
circular['self'] = circular;

test.each([
  ['a Map', new Map([['a', 1]])],
  ['a Set', new Set([1])],
  ['a function', () => 1],
  ['a symbol', Symbol('s')],
  ['a BigInt', 10n],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['an invalid Date', new Date(Number.NaN)],
  ['an Error', new Error('x')],
  ['a RegExp', /x/],
  ['a Promise', Promise.resolve()],
  ['an ArrayBuffer', new ArrayBuffer(2)],
  ['a Uint8Array', new Uint8Array(2)],
  ['a cycle', circular],
  ['undefined in a list', [undefined]],
  ['a Map of another realm', runInNewContext('new Map()') as unknown],
])('%s is found, and its place is named', (_, value) => {
  const loss = findJsonLoss({ input: { items: [1, 2, 3, { when: value }] } });
  expect(loss?.path).toContain('input.items[3].when');
  expect(loss?.advice).not.toBe('');
});

test('the same object in two places is no cycle', () => {
  const shared = { a: 1 };
  expect(findJsonLoss({ x: shared, y: [shared, shared] })).toBeUndefined();
});

test('objects that say themselves how they are written are taken at their word', () => {
  const values = [new Date(0), Buffer.from('x'), new URL('http://a/'), { toJSON: () => 'x' }];
  expect(findJsonLoss(values.filter((value) => !Object.hasOwn(value, 'toJSON')))).toBeUndefined();
});

test('a name that is no identifier is quoted in the path', () => {
  expect(findJsonLoss({ 'a b': { ok: 1, "x'": 1n } })?.path).toBe(`["a b"]["x'"]`);
});

test('a body that is itself the trouble is called body', () => {
  expect(findJsonLoss(new Map())?.path).toBe('body');
});

test('class instances count by their members', () => {
  class Order {
    readonly total: unknown;
    constructor(total: unknown) {
      this.total = total;
    }
  }
  expect(findJsonLoss(new Order(1))).toBeUndefined();
  expect(findJsonLoss(new Order(1n))?.path).toBe('total');
});
