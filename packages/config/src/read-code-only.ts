import type { ConductorLogger } from '@conductor-ts/logger';
import { addProblem, type Findings } from './findings.ts';
import { isFault } from './parsed.ts';
import { parseFlag } from './parse-flag.ts';
import { readField } from './read-given.ts';

/** The options given, or none. */
export function readConfigObject(config: unknown, findings: Findings): object {
  if (config === undefined) return {};
  if (typeof config === 'object' && config !== null && !isArray(config)) return config;
  addProblem(findings, 'config', {
    trouble: 'it is not an object',
    advice: 'Give an object such as { serverUrl, keyId, keySecret }, or nothing.',
  });
  return {};
}

function isArray(value: object): boolean {
  return guarded(() => Array.isArray(value), true); // a revoked proxy throws even here
}

/** Whether the environment counts. */
export function readUseEnvVars(code: object, findings: Findings): boolean {
  const raw = readField(code, 'useEnvVars');
  const parsed = isFault(raw) ? raw : parseFlag(raw.value ?? true);
  if (!isFault(parsed)) return parsed.value;
  addProblem(findings, 'useEnvVars', parsed);
  return true;
}

export function readLogger(code: object, findings: Findings): ConductorLogger | undefined {
  const raw = readField(code, 'logger');
  if (!isFault(raw) && raw.value === undefined) return undefined;
  const unreadable = ['readable value'];
  const missing = isFault(raw) ? unreadable : guarded(() => missingMethods(raw.value), unreadable);
  if (!isFault(raw) && missing.length === 0) return raw.value as ConductorLogger;
  addProblem(findings, 'logger', {
    trouble: `it has no ${missing.join(', ')}`,
    advice: 'Give an object with debug, info, warn and error, each taking (message, fields).',
  });
  return undefined;
}

function missingMethods(logger: unknown): string[] {
  const methods = ['debug', 'info', 'warn', 'error'];
  return methods.filter((name) => typeof (logger as Record<string, unknown>)[name] !== 'function');
}

/** The answer, or another one where what the user gave throws on being looked at. */
export function guarded<T>(look: () => T, otherwise: T): T {
  try {
    return look();
  } catch {
    return otherwise;
  }
}
