import type { ContenderName } from './contenders/contender-list.ts';
import type { CallKind } from './payloads.ts';
import type { Protocol } from './start-responder.ts';
import type { Spread } from './statistics.ts';

/** CPU of one contender for one kind of call. */
export interface CpuResult {
  readonly protocol: Protocol;
  readonly call: CallKind;
  readonly contender: ContenderName;
  readonly cpuUs: Spread;
  /** To bare dispatch in the same round. */
  readonly toDispatch: Spread;
}

export interface MemoryResult {
  readonly protocol: Protocol;
  readonly contender: ContenderName;
  /** Of the process: the ways to call our client share one. */
  readonly peakRssMb: number;
  /** To bare dispatch in the same heat, which has been called for as long. */
  readonly peakRssToDispatch: number;
  readonly allocatedBytes: number;
  readonly allocatedToDispatch: number;
}

export interface InFlightResult {
  readonly protocol: Protocol;
  readonly inFlight: number;
  readonly groupsUs: Spread;
  readonly dispatchUs: Spread;
}

export interface CallsMadeResult {
  readonly callsMade: number;
  /** Over the calls since the row above. */
  readonly cpuUs: number;
  readonly dispatchUs: number;
}

export interface ColdStartResult {
  readonly importOursMs: Spread;
  readonly importUndiciMs: Spread;
  readonly importRatio: Spread;
  readonly firstAnswerOursMs: Spread;
  readonly firstAnswerSdkMs: Spread;
  readonly firstAnswerRatio: Spread;
}

export interface LatencyResult {
  readonly oursMs: Spread;
  readonly dispatchMs: Spread;
  readonly ratio: Spread;
  readonly ourConnections: number;
  readonly dispatchConnections: number;
}

export interface BatchResult {
  readonly starts: number;
  readonly limit: number;
  readonly delayMs: number;
  readonly wallMs: number;
  /** Share of the responder's time that was used. */
  readonly used: number;
  readonly dispatchUsed: number;
}

export interface StubResult {
  readonly wrappedUs: Spread;
  readonly timerUs: Spread;
  readonly ratio: Spread;
}

/** Everything that one run measured. */
export interface Results {
  readonly plan: 'full' | 'quick';
  readonly date: string;
  readonly node: string;
  readonly undici: string;
  readonly sdk: string;
  readonly cpu: string;
  readonly pinned: boolean;
  readonly seconds: number;
  readonly calls: readonly CpuResult[];
  readonly memory: readonly MemoryResult[];
  readonly inFlight: readonly InFlightResult[];
  readonly callsMade: readonly CallsMadeResult[];
  readonly coldStart: ColdStartResult;
  readonly latency: LatencyResult;
  readonly batch: BatchResult;
  readonly stub: StubResult;
}
