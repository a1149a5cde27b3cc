import { expect, test } from 'vitest';
import * as constants from '../../src/generated/operations.gen.ts';
import { allOperations, groupNames, operationNamed, operationsOf } from '../../src/runtime/operation-table.ts';

const byName = new Map(Object.values(constants).map((operation) => [operation.name, operation]));

test.each(groupNames().map((group) => ({ group })))(
  'the table says of $group what the operations say of themselves',
  ({ group }) => {
    for (const operation of operationsOf(group)) expect(operation).toEqual(byName.get(operation.name));
  },
);

test('the table has every operation, once', () => {
  const names = allOperations().map(({ name }) => name);
  expect(names.toSorted()).toEqual([...byName.keys()].sort());
  expect(names.length).toBeGreaterThan(340);
});

test('a group is read once: clients share its operations', () => {
  expect(operationsOf('workflow')).toBe(operationsOf('workflow'));
  expect(operationNamed('workflow.get')).toBe(operationNamed('workflow.get'));
});

test('a name that no operation has is no operation', () => {
  expect(operationNamed('workflow.fly')).toBeUndefined();
  expect(operationNamed('nobody.flies')).toBeUndefined();
});
