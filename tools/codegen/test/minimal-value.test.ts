import { expect, test } from 'vitest';
import type { SchemaSource } from '../src/document.ts';
import { minimalValue } from '../src/minimal-value.ts';
import { sampleDocument } from './sample-document.ts';

const of = (schema: object): unknown => minimalValue(sampleDocument(), schema as SchemaSource);

test('an object has its required properties only, wherever its schema stands', () => {
  expect(of({ $ref: '#/components/schemas/Order' })).toEqual({ id: '' });
  expect(of({ allOf: [{ $ref: '#/components/schemas/Order' }, { required: ['n'], properties: { n: {} } }] })).toEqual({
    id: '',
    n: {},
  });
  expect(of({ type: 'object', additionalProperties: true })).toEqual({});
});

test('an enum gives its first member, a choice its first schema, a list no entry', () => {
  expect(of({ $ref: '#/components/schemas/OrderState' })).toBe('OPEN');
  expect(of({ oneOf: [{ type: 'integer' }, { type: 'string' }] })).toBe(0);
  expect(of({ type: 'array', items: { type: 'string' } })).toEqual([]);
  expect([of({ type: 'number' }), of({ type: 'boolean' })]).toEqual([0, false]);
});

test('a schema that requires itself comes to an end', () => {
  const document = sampleDocument();
  const loop = { type: 'object', required: ['loop'], properties: { loop: { $ref: '#/components/schemas/Loop' } } };
  const looped = { ...document, components: { schemas: { ...document.components.schemas, Loop: loop } } };
  expect(JSON.stringify(minimalValue(looped, loop))).toMatch(/^(\{"loop":)+\{\}\}+$/);
});
