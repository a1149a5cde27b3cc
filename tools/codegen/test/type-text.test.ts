import type { IR } from '@hey-api/openapi-ts';
import { expect, test } from 'vitest';
import { typeText } from '../src/type-text.ts';

test('a reference is the name of its schema, and is remembered for the imports', () => {
  const mentioned = new Set<string>();
  expect(typeText({ $ref: '#/components/schemas/Task' }, mentioned)).toBe('Task');
  expect([...mentioned]).toEqual(['Task']);
});

test('an enum is open, in a list as well', () => {
  const states: IR.SchemaObject = { type: 'enum', items: [{ const: 'A' }, { const: 'B' }], logicalOperator: 'or' };
  expect(text(states)).toBe(`'A' | 'B' | (string & {})`);
  expect(text({ type: 'array', items: [states] })).toBe(`('A' | 'B' | (string & {}))[]`);
});

test('a map has an index signature, a map of maps two', () => {
  const map: IR.SchemaObject = { type: 'object', additionalProperties: { type: 'integer' } };
  expect(text(map)).toBe('{ [key: string]: number }');
  expect(text({ type: 'object', additionalProperties: map })).toBe('{ [key: string]: { [key: string]: number } }');
});

test('an object without known members holds anything', () => {
  expect(text({ type: 'object' })).toBe('{ [key: string]: unknown }');
  expect(text({})).toBe('unknown');
});

test('optional members take an explicit undefined', () => {
  const schema: IR.SchemaObject = {
    type: 'object',
    properties: { a: { type: 'string' }, 'b-c': { type: 'boolean' } },
    required: ['a'],
  };
  expect(text(schema)).toBe(`{ a: string; 'b-c'?: boolean | undefined }`);
});

function text(schema: IR.SchemaObject): string {
  return typeText(schema, new Set());
}
