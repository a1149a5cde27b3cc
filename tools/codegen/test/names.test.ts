import { expect, test } from 'vitest';
import { functionName, groupTypeName, operationConstName, paramsTypeName, propertyKey, quoted } from '../src/names.ts';

test('all names of an operation come from its group and method', () => {
  expect(functionName('workflow', 'getStatus')).toBe('workflowGetStatus');
  expect(operationConstName('workflow', 'getStatus')).toBe('workflowGetStatusOperation');
  expect(paramsTypeName('workflow', 'getStatus')).toBe('WorkflowGetStatusParams');
  expect(groupTypeName('workflow')).toBe('WorkflowGroup');
});

test('a header is a property in quotes, in its wire spelling', () => {
  expect(propertyKey('X-Idempotency-key')).toBe(`'X-Idempotency-key'`);
  expect(propertyKey('workflowId')).toBe('workflowId');
});

test('a string literal survives quotes, backslashes and line breaks', () => {
  for (const text of [`it's`, 'say "x"', String.raw`back\slash`, 'two\nlines', String.raw`\"`]) {
    // oxlint-disable-next-line no-eval -- whether it is the same text, only an engine can tell
    expect((0, eval)(quoted(text))).toBe(text);
  }
});
