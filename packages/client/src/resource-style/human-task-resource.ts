import type { Task } from '../generated/types.gen.ts';
import type { ResourceTable } from './resource-table.ts';

/** The workflow task behind a task for people, in the style of the published SDK. */
export interface HumanTaskResource {
  /** @deprecated Use `client.human.getConductorTask`. */
  getConductorTaskById(taskId: string): Promise<Task>;
}

export const humanTaskResource: ResourceTable<HumanTaskResource> = {
  getConductorTaskById: 'human.getConductorTask',
};
