import { MASK, maskUserInfo } from './mask.ts';
import type { DescribedSetting, ResolvedOrkesConfig, SettingValues } from './resolved-orkes-config.ts';
import { SETTINGS, type Setting } from './settings.ts';

/** All settings with their sources and without secrets. */
export function describeSettings(
  values: SettingValues,
  sources: ResolvedOrkesConfig['sources'],
): readonly DescribedSetting[] {
  return SETTINGS.map((setting) => {
    const { from, variable } = sources[setting.field];
    return {
      setting: setting.field,
      value: shownValue(setting, values[setting.field]),
      unit: setting.unit,
      source: variable ?? from,
    };
  });
}

/** A value as it may be shown to anybody. */
export function shownValue({ kind }: Setting, value: string | number | boolean | undefined): string {
  if (value === undefined) return '[not set]';
  if (kind === 'credential') return MASK;
  return kind === 'proxy-url' ? maskUserInfo(String(value)) : String(value);
}
