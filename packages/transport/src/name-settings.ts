import { TransportError } from './transport-error.ts';
import type { SettingNames } from './transport-options.ts';

/** What hints call the options that applications have names of their own for. */
const OPTION = /`(?:tls\.(ca|cert|key)|(connectTimeoutMs))`/g;

/** Puts the application's own names into a hint that speaks of our options: its user may never have seen them. */
export function nameSettings(error: Error, names: SettingNames): Error {
  if (!(error instanceof TransportError)) return error;
  const ownName = (ours: string, tls?: 'ca' | 'cert' | 'key', other?: 'connectTimeoutMs'): string =>
    names[tls ?? other ?? 'connectTimeoutMs'] ?? ours;
  return Object.assign(error, { hint: error.hint.replaceAll(OPTION, ownName) });
}
