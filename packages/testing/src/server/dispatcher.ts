import { ServerError } from '../engine/server-error.ts';
import { type Answer, errorAnswer, htmlAnswer, plainError } from './answer.ts';
import { QueryParameters } from './query-parameters.ts';
import { readJsonBody } from './request-body.ts';
import type { RouteContext } from './route.ts';
import type { RouteMatch, Router } from './router.ts';
import { containerPage } from './ui-page.ts';
import { answerBeforeRouting, noSuchPath, wrongMethod } from './unrouted.ts';

/** A request with its target taken apart. */
export interface ParsedTarget {
  /** Raw, below the base path. */
  readonly path: string;
  readonly search: string;
  /** `malformed`: characters that the servlet container refuses. `outside`: not below the base path. */
  readonly match: RouteMatch | { readonly found: 'malformed' } | { readonly found: 'outside' };
}

export interface DispatchedAnswer {
  readonly answer: Answer;
  /** The handler ran to its end. */
  readonly applied: boolean;
}

/** What the target of a request is held against. */
export interface TargetRules {
  readonly router: Router;
  readonly basePath: string;
  readonly container: boolean;
}

export function parseTarget(
  { router, basePath, container }: TargetRules,
  method: string,
  target: string,
): ParsedTarget {
  const [rawPath = '/', ...rest] = target.split('?');
  const search = rest.join('?');
  if (container && isRefusedByContainer(target)) return { path: rawPath, search, match: { found: 'malformed' } };
  if (basePath !== '' && rawPath !== basePath && !rawPath.startsWith(`${basePath}/`)) {
    return { path: rawPath, search, match: { found: 'outside' } };
  }
  const path = rawPath.slice(basePath.length) || '/';
  return { path, search, match: router.match(method, path) };
}

/** Everything between a complete request and its answer: container, token, route, body, handler, error mapping. */
export async function dispatch(
  request: { method: string; headers: Readonly<Record<string, string>>; body: Buffer; target: ParsedTarget },
  server: RouteContext,
): Promise<DispatchedAnswer> {
  const { method, headers, target } = request;
  const { match } = target;
  if (match.found === 'malformed') return refused(htmlAnswer(containerPage(400, 'Bad Request'), 400));
  if (match.found === 'outside') return refused(htmlAnswer(containerPage(404, 'Not Found'), 404));
  const early = answerBeforeRouting(method, headers);
  if (early !== undefined) return refused(early);
  const token = headers['x-authorization'];
  if (server.mode === 'orkes' && needsToken(target.path, match)) {
    const refusal = server.tokens.refusalFor(token);
    if (refusal !== undefined) return refused(refusal);
  }
  if (match.found === 'nothing') return refused(noSuchPath(method, target.path));
  if (match.found === 'path') return refused(wrongMethod(method, match.methods));
  try {
    const answer = await match.route.handle(
      {
        segment: (name) => match.segments[name] ?? '',
        segments: match.segments,
        query: new QueryParameters(target.search),
        headers,
        body: readJsonBody(match.route.body, headers['content-type'], request.body),
        bytes: request.body,
        token,
      },
      server,
    );
    return { answer, applied: answer.status < 400 };
  } catch (error) {
    if (error instanceof ServerError) return refused(errorAnswer(error));
    return refused(plainError(500, error instanceof Error ? error.message : String(error)));
  }
}

const refused = (answer: Answer): DispatchedAnswer => ({ answer, applied: false });

/** Tomcat passes on neither an encoded slash or backslash nor characters that RFC 3986 wants encoded. */
const isRefusedByContainer = (target: string): boolean => {
  const [path = ''] = target.split('?', 1);
  return /%2f|%5c|%00|%(?![0-9a-f]{2})/i.test(path) || /[[\]{}|\\^`"<>#]/.test(target);
};

const needsToken = (path: string, match: RouteMatch): boolean =>
  path.startsWith('/api/') && !(match.found === 'route' && match.route.open === true);
