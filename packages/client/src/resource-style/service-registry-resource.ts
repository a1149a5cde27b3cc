import type {
  CircuitBreakerTransitionResponse,
  ProtoRegistryEntry,
  ServiceMethod,
  ServiceRegistry,
} from '../generated/types.gen.ts';
import type { ResourceTable } from './resource-table.ts';

/** The registry of services, in the style of the published SDK. */
export interface ServiceRegistryResource {
  /** @deprecated Use `client.serviceRegistry.list`. */
  getRegisteredServices(): Promise<ServiceRegistry[]>;
  /** @deprecated Use `client.serviceRegistry.delete`. */
  removeService(name: string): Promise<void>;
  /** @deprecated Use `client.serviceRegistry.get`. */
  getService(name: string): Promise<ServiceRegistry>;
  /** @deprecated Use `client.serviceRegistry.openCircuitBreaker`. */
  openCircuitBreaker(name: string): Promise<CircuitBreakerTransitionResponse>;
  /** @deprecated Use `client.serviceRegistry.closeCircuitBreaker`. */
  closeCircuitBreaker(name: string): Promise<CircuitBreakerTransitionResponse>;
  /** @deprecated Use `client.serviceRegistry.getCircuitBreaker`. */
  getCircuitBreakerStatus(name: string): Promise<CircuitBreakerTransitionResponse>;
  /** @deprecated Use `client.serviceRegistry.save`. */
  addOrUpdateService(serviceRegistry: ServiceRegistry): Promise<void>;
  /** @deprecated Use `client.serviceRegistry.saveMethod`. */
  addOrUpdateServiceMethod(registryName: string, method: ServiceMethod): Promise<void>;
  /** @deprecated Use `client.serviceRegistry.deleteMethod`. */
  removeMethod(registryName: string, serviceName: string, method: string, methodType: string): Promise<void>;
  /** @deprecated Use `client.serviceRegistry.getProto`. */
  getProtoData(registryName: string, filename: string): Promise<Uint8Array>;
  /** @deprecated Use `client.serviceRegistry.saveProto`. */
  setProtoData(registryName: string, filename: string, data: Uint8Array | ArrayBuffer | string): Promise<void>;
  /** @deprecated Use `client.serviceRegistry.deleteProto`. */
  deleteProto(registryName: string, filename: string): Promise<void>;
  /** @deprecated Use `client.serviceRegistry.listProtos`. */
  getAllProtos(registryName: string): Promise<ProtoRegistryEntry[]>;
  /** @deprecated Use `client.serviceRegistry.discover`. */
  discover(name: string, create?: boolean): Promise<ServiceMethod[]>;
}

export const serviceRegistryResource: ResourceTable<ServiceRegistryResource> = {
  getRegisteredServices: 'serviceRegistry.list',
  removeService: 'serviceRegistry.delete',
  getService: 'serviceRegistry.get',
  openCircuitBreaker: 'serviceRegistry.openCircuitBreaker',
  closeCircuitBreaker: 'serviceRegistry.closeCircuitBreaker',
  getCircuitBreakerStatus: 'serviceRegistry.getCircuitBreaker',
  addOrUpdateService: 'serviceRegistry.save',
  addOrUpdateServiceMethod: 'serviceRegistry.saveMethod',
  removeMethod: 'serviceRegistry.deleteMethod',
  getProtoData: 'serviceRegistry.getProto',
  setProtoData: 'serviceRegistry.saveProto',
  deleteProto: 'serviceRegistry.deleteProto',
  getAllProtos: 'serviceRegistry.listProtos',
  discover: 'serviceRegistry.discover create=false',
};
