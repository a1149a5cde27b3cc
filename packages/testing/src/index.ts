// Start a server.
export { startConductorServer } from './server/start-conductor-server.ts';
export type {
  CertificateFiles,
  ConductorTestServer,
  ConnectionInfo,
  ServerCounts,
} from './server/conductor-test-server.ts';
export { SERVER_DEFAULTS } from './server/server-options.ts';
export type { ServerOptions, ServerSettings } from './server/server-options.ts';
export type { ServerMode } from './server/route.ts';
export type { Responder } from './server/route-table.ts';
export type { CertificatePair, CertificateRequest } from './certificates/test-certificates.ts';

// Look at what it received.
export type { Outcome, ReceivedRequest } from './server/received-log.ts';
export type { AccessKey, TokenStore } from './server/token-store.ts';

// Make it misbehave.
export type { FaultScope, FaultSwitches } from './faults/fault-switches.ts';
export type { ConnectFaultRule, FaultHandle, FaultMatch, FaultRule } from './faults/fault-rule.ts';
export type {
  BlackHoleFault,
  BreakFault,
  ConnectFault,
  DelayFault,
  DripFault,
  EndlessBodyFault,
  Fault,
  GarbageFault,
  GoawayFault,
  Moment,
  StatusFault,
  StreamResetFault,
  TokenFault,
  TruncateFault,
} from './faults/fault.ts';

// Own its time.
export { ManualClock, systemClock } from './clock.ts';
export type { Clock, Timer } from './clock.ts';

// Look at, or make, its state without HTTP.
export { createEngine } from './engine/engine.ts';
export { ENGINE_DEFAULTS } from './engine/engine-options.ts';
export type { EngineOptions } from './engine/engine-options.ts';
export type { BulkApi, Engine, EngineStats, MetadataApi, TaskApi, WorkflowApi } from './engine/engine-api.ts';
export type { TaskDef, WorkflowDef } from './engine/definition-types.ts';
export type { Task, TaskStatus, Workflow, WorkflowStatus } from './engine/types.ts';
export { ServerError } from './engine/server-error.ts';
