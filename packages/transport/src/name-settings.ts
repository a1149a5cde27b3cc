import { TransportError } from './transport-error.ts';
import type { SettingNames } from './transport-options.ts';

/** Puts the application's own names into a hint that speaks of TLS options: its user may never have seen ours. */
export function nameSettings(error: Error, names: SettingNames): Error {
  if (!(error instanceof TransportError) || !error.hint.includes('`tls.')) return error;
  const hint = error.hint.replaceAll(
    /`tls\.(ca|cert|key)`/g,
    (ours, option: 'ca' | 'cert' | 'key') => names[option] ?? ours,
  );
  return Object.assign(error, { hint });
}
