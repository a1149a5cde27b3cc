import { isFault, type Parsed } from './parsed.ts';
import { parseCredential } from './parse-credential.ts';
import { parseFlag } from './parse-flag.ts';
import { parseInteger } from './parse-integer.ts';
import { parseLevel } from './parse-level.ts';
import { parsePath } from './parse-path.ts';
import { parseProxyUrl } from './parse-proxy-url.ts';
import { parseServerUrl } from './parse-server-url.ts';
import type { Setting } from './settings.ts';

export type SettingValue = string | number | boolean;

/** Reads a value by the kind of its setting. The environment and code are read alike: digits and words are understood in both. */
export function parseSetting(setting: Setting, raw: unknown): Parsed<SettingValue> {
  switch (setting.kind) {
    case 'server-url':
      return parseServerUrl(raw);
    case 'proxy-url':
      return parseProxyUrl(raw);
    case 'credential':
      return parseCredential(raw);
    case 'integer':
      return parseInteger(raw, setting.min ?? 0, setting.unit);
    case 'path':
      return parsePath(raw);
    case 'flag':
      return parseFlag(raw);
    case 'level':
      return parseLevel(raw);
  }
}

/** Do both mean the same value? What cannot be read is the same as nothing. */
export function isSameValue(setting: Setting, a: unknown, b: unknown): boolean {
  const first = parseSetting(setting, a);
  const second = parseSetting(setting, b);
  return !isFault(first) && !isFault(second) && first.value === second.value;
}
