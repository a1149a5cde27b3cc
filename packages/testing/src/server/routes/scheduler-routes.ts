import { readTexts } from '../../engine/field-readers.ts';
import type { JsonMap } from '../../engine/json-map.ts';
import { internal, validationFailed } from '../../engine/server-error.ts';
import { parseCron } from '../../scheduler/cron-expression.ts';
import { nextFireTime } from '../../scheduler/next-fire-time.ts';
import { timeZone } from '../../scheduler/time-zone.ts';
import { emptyAnswer, jsonAnswer } from '../answer.ts';
import type { Answer } from '../answer.ts';
import type { QueryParameters } from '../query-parameters.ts';
import type { Route, RouteContext } from '../route.ts';

const SCHEDULES = '/api/scheduler/schedules';
/** However many are asked for. */
const MOST_FIRE_TIMES = 5;

export const schedulerRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: SCHEDULES,
    operation: 'scheduler.list',
    handle: ({ query }, { scheduler }) => jsonAnswer(scheduler.list(query.text('workflowName'))),
  },
  {
    method: 'POST',
    path: SCHEDULES,
    operation: 'scheduler.save',
    body: 'object',
    handle: ({ body }, { scheduler }) => jsonAnswer(scheduler.save(body as JsonMap)),
  },
  {
    method: 'GET',
    path: `${SCHEDULES}/search`,
    operation: 'scheduler.search',
    mode: 'oss',
    handle: ({ query }, { scheduler }) =>
      jsonAnswer(
        scheduler.search({
          workflowName: query.text('workflowName'),
          scheduleName: query.text('scheduleName'),
          paused: query.text('paused') === undefined ? undefined : query.flag('paused', false),
          ...page(query),
        }),
      ),
  },
  {
    method: 'GET',
    path: `${SCHEDULES}/{name}`,
    operation: 'scheduler.get',
    handle: ({ segment }, { scheduler }) => jsonAnswer(scheduler.get(segment('name'))),
  },
  {
    method: 'DELETE',
    path: `${SCHEDULES}/{name}`,
    operation: 'scheduler.delete',
    handle({ segment }, { scheduler }) {
      scheduler.delete(segment('name'));
      return emptyAnswer();
    },
  },
  pause('PUT', 'scheduler.pauseByPut', 'oss'),
  pause('GET', 'scheduler.pauseByGet', 'orkes'),
  resume('PUT', 'scheduler.resumeByPut', 'oss'),
  resume('GET', 'scheduler.resumeByGet', 'orkes'),
  {
    method: 'GET',
    path: '/api/scheduler/search/executions',
    operation: 'scheduler.searchExecutions',
    handle: ({ query }, { scheduler }) =>
      jsonAnswer(scheduler.searchRecords({ ...page(query), sort: query.text('sort'), query: query.text('query') })),
  },
  {
    method: 'GET',
    path: '/api/scheduler/nextFewSchedules',
    operation: 'scheduler.getNextRunTimes',
    handle: ({ query }, { clock }) => jsonAnswer(fireTimes(query, clock.now())),
  },
  bulk('pause', 'scheduler.bulkPause', ({ scheduler }, name) => scheduler.pause(name)),
  bulk('resume', 'scheduler.bulkResume', ({ scheduler }, name) => scheduler.resume(name)),
  forAll('pause', 'scheduler.pauseAll', ({ scheduler }) => {
    scheduler.pauseAll();
    return { status: 'done' };
  }),
  forAll('resume', 'scheduler.resumeAll', ({ scheduler }) => {
    scheduler.resumeAll();
    return { status: 'done' };
  }),
  // No record is ever lost here.
  forAll('requeue', 'scheduler.requeueAll', () => ({ sampleIds: [], 'recordIds.size': 0 })),
];

function pause(method: 'GET' | 'PUT', operation: string, mode: Route['mode']): Route {
  return {
    method,
    path: `${SCHEDULES}/{name}/pause`,
    operation,
    mode,
    handle({ segment, query }, { scheduler }) {
      scheduler.pause(segment('name'), query.text('reason'));
      return emptyAnswer();
    },
  };
}

function resume(method: 'GET' | 'PUT', operation: string, mode: Route['mode']): Route {
  return {
    method,
    path: `${SCHEDULES}/{name}/resume`,
    operation,
    mode,
    handle({ segment }, { scheduler }) {
      scheduler.resume(segment('name'));
      return emptyAnswer();
    },
  };
}

function bulk(verb: string, operation: string, act: (server: RouteContext, name: string) => void): Route {
  return {
    method: 'PUT',
    path: `/api/scheduler/bulk/${verb}`,
    operation,
    body: 'array',
    handle({ body }, server) {
      const names = readTexts(body);
      if (names.length === 0) {
        const path = `${verb}Schedules.arg0`;
        throw validationFailed([{ path, message: 'Schedule names list cannot be null.' }]);
      }
      return bulkAnswer(names, (name) => act(server, name));
    },
  };
}

function bulkAnswer(names: readonly string[], act: (name: string) => void): Answer {
  const bulkErrorResults: Record<string, string> = {};
  const bulkSuccessfulResults: string[] = [];
  for (const name of names) {
    try {
      act(name);
      bulkSuccessfulResults.push(name);
    } catch (error) {
      bulkErrorResults[name] = error instanceof Error ? error.message : String(error);
    }
  }
  return jsonAnswer({ bulkErrorResults, bulkSuccessfulResults });
}

function forAll(verb: string, operation: string, act: (server: RouteContext) => object): Route {
  return {
    method: 'GET',
    path: `/api/scheduler/admin/${verb}`,
    operation,
    handle: (_, server) => jsonAnswer(act(server)),
  };
}

/** In UTC, whatever zone a schedule with this expression would have. */
function fireTimes(query: QueryParameters, nowMs: number): number[] {
  const cron = parseCron(query.requiredText('cronExpression'));
  const utc = timeZone('UTC');
  if (cron === undefined || utc === undefined) throw internal('Invalid cron expression');
  const count = Math.min(query.integer('limit') ?? MOST_FIRE_TIMES, MOST_FIRE_TIMES);
  const endMs = query.integer('scheduleEndTime') ?? Number.POSITIVE_INFINITY;
  // A start that is past counts for nothing: only times to come are given.
  let afterMs = Math.max((query.integer('scheduleStartTime') ?? 0) - 1, nowMs);
  const times: number[] = [];
  while (times.length < count) {
    const next = nextFireTime(cron, utc, afterMs);
    if (next === undefined || next > endMs) break;
    times.push(next);
    afterMs = next;
  }
  return times;
}

const page = (query: QueryParameters): { start: number; size: number } => ({
  start: query.integer('start') ?? 0,
  size: query.integer('size') ?? 100,
});
