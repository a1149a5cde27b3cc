import type { Document, OperationSource } from '../src/document.ts';

/** A small document without faults: one operation of each kind that the renderers treat differently. */
export function sampleDocument(changes: Record<string, Record<string, object>> = {}): Document {
  return {
    openapi: '3.1.0',
    info: { title: 'Sample', version: '1' },
    paths: {
      '/api/orders/{orderId}': { get: getOrder, ...changes['/api/orders/{orderId}'] },
      '/api/orders': { post: createOrder, get: listOrders, ...changes['/api/orders'] },
      '/ping': { get: ping },
      ...omit(changes, ['/api/orders/{orderId}', '/api/orders']),
    },
    components: {
      schemas: {
        Order: {
          description: 'An order.',
          type: 'object',
          required: ['id'],
          properties: {
            id: { description: 'Its id.', type: 'string' },
            state: { $ref: '#/components/schemas/OrderState' },
            waitTime: { description: 'How long it waited, in ms.', type: 'integer', format: 'int64' },
            'odd-name': { type: 'object', additionalProperties: true },
          },
        },
        OrderState: { description: 'Its state.', type: 'string', enum: ['OPEN', 'DONE'] },
      },
    },
  };
}

/** An operation with the marks that each must have. */
export function operation(changes: Record<string, unknown> = {}): OperationSource {
  return {
    summary: 'Does something',
    'x-conductor-group': 'thing',
    'x-conductor-method': 'act',
    'x-conductor-replay': 'unsafe',
    'x-conductor-server': 'both',
    responses: { '200': {} },
    ...changes,
  };
}

const getOrder = operation({
  summary: 'Gets an order',
  'x-conductor-group': 'order',
  'x-conductor-method': 'get',
  'x-conductor-replay': 'safe',
  parameters: [
    { name: 'orderId', in: 'path', description: 'Id of the order.', required: true, schema: { type: 'string' } },
    { name: 'full', in: 'query', description: 'Whether all of it.', schema: { type: 'boolean', default: false } },
  ],
  responses: { '200': json({ $ref: '#/components/schemas/Order' }), '204': { description: 'None.' } },
  'x-conductor-empty': 'nothing',
});

const createOrder = operation({
  summary: 'Creates an order',
  'x-conductor-group': 'order',
  'x-conductor-method': 'create',
  'x-conductor-replay': 'keyed',
  'x-conductor-idempotency-key': 'header',
  'x-conductor-wait': { param: 'waitMs', unit: 'ms', default: 100 },
  parameters: [
    { name: 'waitMs', in: 'query', description: 'Wait, in ms.', schema: { type: 'integer', default: 100 } },
    { name: 'X-Idempotency-key', in: 'header', description: 'A key.', schema: { type: 'string' } },
  ],
  requestBody: {
    description: 'Its contents.',
    required: true,
    content: { 'application/json': { schema: { type: 'object', additionalProperties: true, default: {} } } },
  },
  responses: { '200': { content: { 'text/plain': { schema: { type: 'string' } } } } },
});

const listOrders = operation({
  summary: 'Lists orders',
  'x-conductor-group': 'order',
  'x-conductor-method': 'list',
  'x-conductor-replay': 'safe',
  parameters: [
    {
      name: 'state',
      in: 'query',
      description: 'Only these.',
      schema: { type: 'array', items: { $ref: '#/components/schemas/OrderState' } },
    },
  ],
  responses: { '200': json({ type: 'array', items: { $ref: '#/components/schemas/Order' } }) },
});

const ping = operation({ 'x-conductor-group': 'server', 'x-conductor-method': 'ping', 'x-conductor-server': 'oss' });

function json(schema: object): object {
  return { description: 'It.', content: { 'application/json': { schema } } };
}

function omit(record: Record<string, Record<string, object>>, keys: readonly string[]): Record<string, object> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}
