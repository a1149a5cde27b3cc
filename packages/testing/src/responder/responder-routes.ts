import { badRequest } from '../engine/server-error.ts';
import { requestRules } from '../generated/request-rules.gen.ts';
import { type Answer, emptyAnswer, jsonAnswer, typedAnswer } from '../server/answer.ts';
import type { Route, ServerMode } from '../server/route.ts';
import { requestProblems } from './request-problems.ts';
import type { RequestRule } from './request-rule.ts';

/** Routes that do nothing but look: a request that is wrong is a 400 which says all that is, any other gets the least answer that fits. */
export function responderRoutes(isAnswered: (rule: RequestRule) => boolean): readonly Route[] {
  return requestRules.filter(isAnswered).map(responderRoute);
}

/** Whether the server of a mode has an operation. */
export function hasOperation(mode: ServerMode, { server }: RequestRule): boolean {
  return server === 'both' || server === mode;
}

function responderRoute(rule: RequestRule): Route {
  const { method, path, operation } = rule;
  return {
    method,
    path,
    operation,
    handle({ segments, query, headers, bytes }) {
      const problems = requestProblems(rule, { segments, query: query.names(), headers, body: bytes });
      if (problems.length > 0) throw badRequest(`${operation}: ${problems.join(' ')}`);
      return leastAnswer(rule);
    },
  };
}

function leastAnswer({ answer }: RequestRule): Answer {
  if (answer === undefined) return emptyAnswer();
  return answer.type === 'application/json'
    ? jsonAnswer(answer.value)
    : typedAnswer(answer.type === 'text/plain' ? 'text/plain;charset=UTF-8' : answer.type, String(answer.value));
}
