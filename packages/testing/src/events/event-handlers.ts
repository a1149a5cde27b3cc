import { internal } from '../engine/server-error.ts';
import { type EventHandler, readEventHandler } from './event-handler.ts';

/** The event handlers of a server. */
export class EventHandlers {
  readonly #handlers = new Map<string, EventHandler>();

  add(value: unknown): void {
    const handler = readEventHandler(value, 'addEventHandler');
    if (this.#handlers.has(handler.name)) throw internal(`EventHandler with name ${handler.name} already exists!`);
    this.#handlers.set(handler.name, handler);
  }

  update(value: unknown): void {
    const handler = readEventHandler(value, 'updateEventHandler');
    this.#demand(handler.name);
    this.#handlers.set(handler.name, handler);
  }

  delete(name: string): void {
    this.#demand(name);
    this.#handlers.delete(name);
  }

  list(): EventHandler[] {
    return [...this.#handlers.values()];
  }

  listFor(event: string, activeOnly: boolean): EventHandler[] {
    return this.list().filter((handler) => handler.event === event && (handler.active || !activeOnly));
  }

  #demand(name: string): void {
    if (!this.#handlers.has(name)) throw internal(`EventHandler with name ${name} not found!`);
  }
}
