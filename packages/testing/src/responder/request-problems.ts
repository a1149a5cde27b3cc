import type { BodyRule, RequestRule } from './request-rule.ts';

/** The parts of a request that a rule is about. */
export interface CheckedRequest {
  /** Path segments by name, decoded. */
  readonly segments: Readonly<Record<string, string>>;
  readonly query: ReadonlySet<string>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What is wrong with a request, a sentence each: nothing, where a server could make sense of it. */
export function requestProblems(rule: RequestRule, request: CheckedRequest): string[] {
  return [
    ...Object.entries(request.segments)
      .filter(([, value]) => PLACEHOLDER.test(value))
      .map(([name, value]) => `The path parameter ${name} is '${value}': a value was missing when the URL was made.`),
    ...(rule.query ?? [])
      .filter((name) => !request.query.has(name))
      .map((name) => `The query parameter ${name} is missing.`),
    ...(rule.headers ?? [])
      .filter((name) => request.headers[name.toLowerCase()] === undefined)
      .map((name) => `The header ${name} is missing.`),
    ...bodyProblems(rule.body, request),
  ];
}

/** What a template makes of a value that is not there. */
const PLACEHOLDER = /^(?:undefined|null|NaN|\[object \w+\]|\{\w+\})$/;

function bodyProblems(rule: BodyRule | undefined, { body, headers }: CheckedRequest): string[] {
  if (rule === undefined) return body.length === 0 ? [] : ['There is a body, but this operation takes none.'];
  if (body.length === 0) return rule.required === true ? ['The body is missing.'] : [];
  const [type = ''] = (headers['content-type'] ?? '').split(';', 1);
  if (type.trim().toLowerCase() !== rule.type) {
    return [`The content type of the body is '${type.trim()}'; it must be ${rule.type}.`];
  }
  return rule.json === undefined ? [] : jsonProblems(rule.json, body);
}

function jsonProblems(wanted: 'object' | 'array' | 'any', body: Buffer): string[] {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch (error) {
    return [`The body is not JSON: ${error instanceof Error ? error.message : String(error)}.`];
  }
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const fits = wanted === 'any' || (wanted === 'array' ? Array.isArray(value) : isObject);
  return fits ? [] : [`The body must be a JSON ${wanted}.`];
}
