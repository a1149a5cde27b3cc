const BRAND = Symbol.for('@conductor-ts/error');

/** One fault of the configuration. */
export interface ConfigProblem {
  /** The variable or the field, whichever was used. */
  readonly setting: string;
  /** What is wrong. Shows a value only where it is a number or a boolean: anything else may be a secret in the wrong place. */
  readonly trouble: string;
  /** What would be right. */
  readonly advice: string;
}

/** The configuration cannot be used. Lists all its faults at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'CONFIG_INVALID';
  readonly hint: string = 'Correct the settings named in the message.';
  /** All faults found, not only the first. */
  declare readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(problems.map(({ setting, trouble, advice }) => `${setting}: ${trouble}. ${advice}`).join('\n'));
    Object.defineProperties(this, {
      // Not enumerable: an inspected error would say everything twice.
      problems: { value: Object.freeze(problems.map((problem) => Object.freeze({ ...problem }))) },
      [BRAND]: { value: ['ConfigError'] },
    });
  }

  /** True for an error made by any installed copy of this package; a subclass is told by its prototype as usual. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    if (this !== ConfigError) return Function.prototype[Symbol.hasInstance].call(this, value);
    const names = typeof value === 'object' && value !== null ? (value as { [BRAND]?: unknown })[BRAND] : undefined;
    return Array.isArray(names) && names.includes('ConfigError');
  }

  toJSON(): { name: string; code: string; message: string; hint: string; problems: readonly ConfigProblem[] } {
    const { name, code, message, hint, problems } = this;
    return { name, code, message, hint, problems };
  }
}
