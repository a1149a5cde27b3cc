import { emptyAnswer, jsonAnswer } from '../answer.ts';
import type { Route } from '../route.ts';

export const eventRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/event',
    operation: 'event.list',
    handle: (_, { eventHandlers }) => jsonAnswer(eventHandlers.list()),
  },
  {
    method: 'POST',
    path: '/api/event',
    operation: 'event.create',
    mode: 'oss',
    body: 'object',
    handle({ body }, { eventHandlers }) {
      eventHandlers.add(body);
      return emptyAnswer();
    },
  },
  {
    method: 'POST',
    path: '/api/event',
    operation: 'event.create',
    mode: 'orkes',
    // Orkes takes a list of them.
    body: 'array',
    handle({ body }, { eventHandlers }) {
      for (const handler of body as unknown[]) eventHandlers.add(handler);
      return emptyAnswer();
    },
  },
  {
    method: 'PUT',
    path: '/api/event',
    operation: 'event.update',
    body: 'object',
    handle({ body }, { eventHandlers }) {
      eventHandlers.update(body);
      return emptyAnswer();
    },
  },
  {
    method: 'DELETE',
    path: '/api/event/{name}',
    operation: 'event.delete',
    handle({ segment }, { eventHandlers }) {
      eventHandlers.delete(segment('name'));
      return emptyAnswer();
    },
  },
  {
    method: 'GET',
    path: '/api/event/{event}',
    operation: 'event.listForEvent',
    handle: ({ segment, query }, { eventHandlers }) =>
      jsonAnswer(eventHandlers.listFor(segment('event'), query.flag('activeOnly', true))),
  },
];
