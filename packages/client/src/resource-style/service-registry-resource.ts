import {
  serviceRegistryCloseCircuitBreakerOperation,
  serviceRegistryDeleteMethodOperation,
  serviceRegistryDeleteOperation,
  serviceRegistryDeleteProtoOperation,
  serviceRegistryDiscoverOperation,
  serviceRegistryGetCircuitBreakerOperation,
  serviceRegistryGetOperation,
  serviceRegistryGetProtoOperation,
  serviceRegistryListOperation,
  serviceRegistryListProtosOperation,
  serviceRegistryOpenCircuitBreakerOperation,
  serviceRegistrySaveMethodOperation,
  serviceRegistrySaveOperation,
  serviceRegistrySaveProtoOperation,
} from '../generated/operations.gen.ts';
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
  getRegisteredServices: { operation: serviceRegistryListOperation, takes: [], now: 'serviceRegistry.list' },
  removeService: { operation: serviceRegistryDeleteOperation, takes: ['name'], now: 'serviceRegistry.delete' },
  getService: { operation: serviceRegistryGetOperation, takes: ['name'], now: 'serviceRegistry.get' },
  openCircuitBreaker: {
    operation: serviceRegistryOpenCircuitBreakerOperation,
    takes: ['name'],
    now: 'serviceRegistry.openCircuitBreaker',
  },
  closeCircuitBreaker: {
    operation: serviceRegistryCloseCircuitBreakerOperation,
    takes: ['name'],
    now: 'serviceRegistry.closeCircuitBreaker',
  },
  getCircuitBreakerStatus: {
    operation: serviceRegistryGetCircuitBreakerOperation,
    takes: ['name'],
    now: 'serviceRegistry.getCircuitBreaker',
  },
  addOrUpdateService: { operation: serviceRegistrySaveOperation, takes: ['body'], now: 'serviceRegistry.save' },
  addOrUpdateServiceMethod: {
    operation: serviceRegistrySaveMethodOperation,
    takes: ['registryName', 'body'],
    now: 'serviceRegistry.saveMethod',
  },
  removeMethod: {
    operation: serviceRegistryDeleteMethodOperation,
    takes: ['registryName', 'serviceName', 'method', 'methodType'],
    now: 'serviceRegistry.deleteMethod',
  },
  getProtoData: {
    operation: serviceRegistryGetProtoOperation,
    takes: ['registryName', 'filename'],
    now: 'serviceRegistry.getProto',
  },
  setProtoData: {
    operation: serviceRegistrySaveProtoOperation,
    takes: ['registryName', 'filename', 'body'],
    now: 'serviceRegistry.saveProto',
  },
  deleteProto: {
    operation: serviceRegistryDeleteProtoOperation,
    takes: ['registryName', 'filename'],
    now: 'serviceRegistry.deleteProto',
  },
  getAllProtos: {
    operation: serviceRegistryListProtosOperation,
    takes: ['registryName'],
    now: 'serviceRegistry.listProtos',
  },
  discover: {
    operation: serviceRegistryDiscoverOperation,
    takes: ['name', ['create', false]],
    now: 'serviceRegistry.discover',
  },
};
