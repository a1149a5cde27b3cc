import type { HealthCheckStatus } from '../generated/types.gen.ts';
import type { ResourceTable } from './resource-table.ts';

/** Health, in the style of the published SDK. */
export interface HealthCheckResource {
  /** @deprecated Use `client.health.check`. */
  doCheck(): Promise<HealthCheckStatus>;
}

export const healthCheckResource: ResourceTable<HealthCheckResource> = {
  doCheck: 'health.check',
};
