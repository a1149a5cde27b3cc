import { type Clock, systemClock } from '../clock.ts';
import type { JsonMap } from './json-map.ts';

export interface EngineOptions {
  readonly clock: Clock;
  /** 'orkes' enforces idempotency keys on start; 'oss' ignores them, as the OSS server does. @default 'oss' */
  readonly mode: 'oss' | 'orkes';
  /** Finished executions kept; beyond it the one that ended first is forgotten. Running ones are never dropped. @default 10_000 */
  readonly maxWorkflows: number;
  /** Log lines kept per task; beyond it the oldest goes. @default 1_000 */
  readonly maxLogsPerTask: number;
  /** How long after its last branch a JOIN completes. The real server takes 100 to 200 ms. @default 20 */
  readonly joinDelayMs: number;
  /** How long after it is scheduled a sub-workflow starts, and after its end the parent goes on. The real server takes 200 to 300 ms. @default 20 */
  readonly subWorkflowDelayMs: number;
  /** How long one script of an INLINE, SWITCH or DO_WHILE task may run. @default 500 */
  readonly scriptTimeoutMs: number;
  /** Told of what EVENT tasks produce for the server itself, in the middle of the work: act later. @default nothing listens */
  readonly onEvent: (event: string, payload: JsonMap) => void;
}

export const ENGINE_DEFAULTS: EngineOptions = {
  clock: systemClock,
  mode: 'oss',
  maxWorkflows: 10_000,
  maxLogsPerTask: 1_000,
  joinDelayMs: 20,
  subWorkflowDelayMs: 20,
  scriptTimeoutMs: 500,
  onEvent: () => {},
};
