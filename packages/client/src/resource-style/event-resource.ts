import type { EventHandler, Tag } from '../generated/types.gen.ts';
import type { ResourceTable } from './resource-table.ts';

/** Event handlers and their queues, in the style of the published SDK. */
export interface EventResource {
  /** @deprecated Use `client.event.getQueueConfig`. */
  getQueueConfig(queueType: string, queueName: string): Promise<Record<string, unknown>>;
  /** @deprecated Use `client.event.saveQueueConfig`. */
  putQueueConfig(queueType: string, queueName: string, body: string): Promise<void>;
  /** @deprecated Use `client.event.deleteQueueConfig`. */
  deleteQueueConfig(queueType: string, queueName: string): Promise<void>;
  /** @deprecated Use `client.event.list`. */
  getEventHandlers(): Promise<EventHandler[]>;
  /** @deprecated Use `client.event.update`. */
  updateEventHandler(body: EventHandler): Promise<void>;
  /** @deprecated Use `client.event.create`. */
  addEventHandler(body: EventHandler | EventHandler[]): Promise<void>;
  /** @deprecated Use `client.event.listQueueConfigs`. */
  getQueueNames(): Promise<Record<string, string>>;
  /** @deprecated Use `client.event.delete`. */
  removeEventHandlerStatus(name: string): Promise<void>;
  /** @deprecated Use `client.event.listForEvent`. */
  getEventHandlersForEvent(event: string, activeOnly?: boolean): Promise<EventHandler[]>;
  /** @deprecated Use `client.event.deleteTags`. */
  deleteTagForEventHandler(name: string, body: Tag[]): Promise<void>;
  /** @deprecated Use `client.event.getTags`. */
  getTagsForEventHandler(name: string): Promise<Tag[]>;
  /** @deprecated Use `client.event.setTags`. */
  putTagForEventHandler(name: string, body: Tag[]): Promise<void>;
}

export const eventResource: ResourceTable<EventResource> = {
  getQueueConfig: 'event.getQueueConfig',
  // The published SDK takes it as text.
  putQueueConfig: { call: 'event.saveQueueConfig', operation: { body: 'any' } },
  deleteQueueConfig: 'event.deleteQueueConfig',
  getEventHandlers: 'event.list',
  updateEventHandler: 'event.update',
  addEventHandler: 'event.create',
  getQueueNames: 'event.listQueueConfigs',
  removeEventHandlerStatus: 'event.delete',
  getEventHandlersForEvent: 'event.listForEvent activeOnly=true',
  deleteTagForEventHandler: 'event.deleteTags',
  getTagsForEventHandler: 'event.getTags',
  putTagForEventHandler: 'event.setTags',
};
