import type { SettingNames, TransportLogger, TransportPolicy } from './transport-options.ts';

/** What all origins of a transport share. */
export interface OriginContext {
  readonly policy: TransportPolicy;
  readonly settingNames: SettingNames;
  readonly logger: TransportLogger | undefined;
  /** Counted for `stats()`. */
  readonly totals: { connectionsOpened: number; replays: number };
}
