import { type Answer, emptyAnswer, jsonAnswer } from '../answer.ts';
import type { Method, Route, RouteRequest } from '../route.ts';

/**
 * Secrets and environment of the open-source server come from its own environment and cannot be written. The embedded
 * one has none: what its process knows is nobody's business.
 */
export const secretRoutes: readonly Route[] = [
  onOss('GET', '/api/secrets', 'secret.listGrantable', () => jsonAnswer([])),
  onOss('POST', '/api/secrets', 'secret.list', () => jsonAnswer([])),
  onOss('GET', '/api/secrets/v2', 'secret.listWithMeta', () => jsonAnswer([])),
  onOss('GET', '/api/secrets/{key}', 'secret.get', ({ segment }) => emptyAnswer(isName(segment('key')) ? 404 : 400)),
  onOss('PUT', '/api/secrets/{key}', 'secret.save', ({ segment, bytes }) => {
    if (!isName(segment('key'))) return badName;
    return bytes.length === 0 ? bareText(400, 'value is required') : readOnly;
  }),
  onOss('DELETE', '/api/secrets/{key}', 'secret.delete', ({ segment }) =>
    isName(segment('key')) ? readOnly : badName,
  ),
  onOss('GET', '/api/secrets/{key}/exists', 'secret.exists', ({ segment }) =>
    isName(segment('key')) ? jsonAnswer(false) : emptyAnswer(400),
  ),
  onOss('GET', '/api/environment', 'environment.list', () => jsonAnswer([])),
  onOss('GET', '/api/environment/{key}', 'environment.get', () => emptyAnswer()),
];

const isName = (key: string): boolean => /^[\w-]+$/.test(key);

/** Bare text that calls itself JSON. */
const bareText = (status: number, body: string): Answer => ({
  status,
  headers: { 'content-type': 'application/json', 'content-length': String(body.length) },
  body,
});

const readOnly = bareText(501, 'env-backed secrets are read-only');
const badName = bareText(400, 'key must match pattern [a-zA-Z0-9_-]+ (alphanumeric, underscore, dash only)');

function onOss(method: Method, path: string, operation: string, handle: (request: RouteRequest) => Answer): Route {
  return { method, path, operation, mode: 'oss', handle };
}
