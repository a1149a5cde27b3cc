import {
  eventCreateOperation,
  eventDeleteOperation,
  eventDeleteQueueConfigOperation,
  eventDeleteTagsOperation,
  eventGetQueueConfigOperation,
  eventGetTagsOperation,
  eventListForEventOperation,
  eventListOperation,
  eventListQueueConfigsOperation,
  eventSaveQueueConfigOperation,
  eventSetTagsOperation,
  eventUpdateOperation,
} from '../generated/operations.gen.ts';
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
  getQueueConfig: {
    operation: eventGetQueueConfigOperation,
    takes: ['queueType', 'queueName'],
    now: 'event.getQueueConfig',
  },
  putQueueConfig: {
    operation: eventSaveQueueConfigOperation,
    takes: ['queueType', 'queueName', 'body'],
    now: 'event.saveQueueConfig',
  },
  deleteQueueConfig: {
    operation: eventDeleteQueueConfigOperation,
    takes: ['queueType', 'queueName'],
    now: 'event.deleteQueueConfig',
  },
  getEventHandlers: { operation: eventListOperation, takes: [], now: 'event.list' },
  updateEventHandler: { operation: eventUpdateOperation, takes: ['body'], now: 'event.update' },
  addEventHandler: { operation: eventCreateOperation, takes: ['body'], now: 'event.create' },
  getQueueNames: { operation: eventListQueueConfigsOperation, takes: [], now: 'event.listQueueConfigs' },
  removeEventHandlerStatus: { operation: eventDeleteOperation, takes: ['name'], now: 'event.delete' },
  getEventHandlersForEvent: {
    operation: eventListForEventOperation,
    takes: ['event', ['activeOnly', true]],
    now: 'event.listForEvent',
  },
  deleteTagForEventHandler: { operation: eventDeleteTagsOperation, takes: ['name', 'body'], now: 'event.deleteTags' },
  getTagsForEventHandler: { operation: eventGetTagsOperation, takes: ['name'], now: 'event.getTags' },
  putTagForEventHandler: { operation: eventSetTagsOperation, takes: ['name', 'body'], now: 'event.setTags' },
};
