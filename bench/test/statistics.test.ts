import { expect, test } from 'vitest';
import { quantile, ratioOf, spreadOf } from '../src/statistics.ts';

test('the median of an even number of values lies between the two in the middle', () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
});

test('half of the values lie within the spread', () => {
  expect(spreadOf([5, 1, 4, 2, 3])).toEqual({ median: 3, low: 2, high: 4 });
});

test('one disturbed round on either side does not move the ratio', () => {
  expect(ratioOf([20, 22, 900, 18], [10, 11, 10, 9]).median).toBe(2);
});

test('a round in which one did not take part counts for neither', () => {
  expect(ratioOf([20, Number.NaN, 44], [10, 10, 11])).toEqual({ median: 3, low: 2.5, high: 3.5 });
});

test('without measurements there is no number, and none is made up', () => {
  expect(spreadOf([]).median).toBeNaN();
});
