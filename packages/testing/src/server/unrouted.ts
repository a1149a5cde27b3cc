import { type Answer, emptyAnswer, htmlAnswer, plainError } from './answer.ts';
import { UI_PAGE } from './ui-page.ts';

/** What Spring adds wherever its static resources answer, and where it refuses a preflight. */
const VARY = { vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers' };

/** Before anything is routed: what the servlet container and the CORS check answer themselves. */
export function answerBeforeRouting(method: string, headers: Readonly<Record<string, string>>): Answer | undefined {
  if (method === 'TRACE') return withHeaders(emptyAnswer(405), { allow: 'HEAD, DELETE, POST, GET, OPTIONS, PUT' });
  const isPreflight =
    method === 'OPTIONS' && headers['origin'] !== undefined && headers['access-control-request-method'] !== undefined;
  return isPreflight ? { status: 403, headers: VARY, body: 'Invalid CORS request' } : undefined;
}

/** The path exists, the method does not. */
export function wrongMethod(method: string, methods: readonly string[]): Answer {
  if (method !== 'OPTIONS') return plainError(405, `Request method '${method}' is not supported`);
  const allowed = methods.flatMap((each) => (each === 'GET' ? ['GET', 'HEAD'] : [each]));
  return withHeaders(emptyAnswer(), { allow: [...allowed, 'OPTIONS'].join(',') });
}

/** Outside the API every page is the web interface. A path of the API with a slash behind it is unknown too. */
export function noSuchPath(method: string, path: string): Answer {
  const isApi = path === '/api' || path.startsWith('/api/') || path === '/health/';
  if (!isApi && (method === 'GET' || (method === 'HEAD' && path === '/')))
    return withHeaders(htmlAnswer(UI_PAGE), VARY);
  return withHeaders(
    plainError(404, `No static resource ${path.replaceAll(/\/+/g, '/').replaceAll(/^\/|\/$/g, '')}.`),
    VARY,
  );
}

const withHeaders = (answer: Answer, headers: Readonly<Record<string, string>>): Answer => ({
  ...answer,
  headers: { ...answer.headers, ...headers },
});
