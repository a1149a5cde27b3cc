import { table } from '@conductor-ts/demo/table';
import type { VariantResult } from './run-variant.ts';
import type { Variant } from './variant.ts';

/** All figures of one run. */
export function fullReport(variant: Variant, result: VariantResult): string {
  const { account, calls, transport, troubles } = result;
  const rows: (readonly [string, string | number])[] = [
    ['starts acknowledged', variant.starts],
    ['executions that the search finds', account.found],
    ['  of these completed', account.foundCompleted],
    ['acknowledged starts that are lost', account.lost],
    ['starts carried out twice', account.twice],
    ['executions not completed as they should be', account.unfinished],
    ['starts a second', perSecond(variant.starts, result.startedAfterMs)],
    ['completions a second', perSecond(variant.starts, result.completedAfterMs)],
    ['p50 and p99 of a start', `${seconds(result.startP50Ms)} and ${seconds(result.startP99Ms)}`],
    ['time in all', seconds(result.completedAfterMs)],
    ['calls, HTTP requests of these', `${calls.calls}, ${calls.attempts}`],
    ['retries by the client', calls.retries],
    ['calls given up as not carried out', troubles.unsent],
    ['calls of unknown outcome', troubles.unknown],
    ['starts found again by their correlation id', result.foundAgain],
    ['connections opened', transport.totals.connectionsOpened],
    ['calls replayed below the client (refused unprocessed)', transport.totals.replays],
    ['bytes of answers, as they came', transport.totals.bytesReceived],
  ];
  if (variant.via === 'nginx') rows.push(['reloads of nginx', result.reloads]);
  if (result.downMs !== undefined) {
    rows.push(['from the kill to a healthy server', seconds(result.downMs)]);
    rows.push([
      'from there to the first answer',
      result.recoveryMs === undefined ? 'none' : seconds(result.recoveryMs),
    ]);
  }
  return `${variant.title}\n${table(rows)}\n${verdict(result)}\n`;
}

/** One line for one run. */
export function shortReport(variant: Variant, result: VariantResult): string {
  const { account, calls, troubles } = result;
  const figures = [
    `${variant.starts} starts`,
    `${account.foundCompleted} completed`,
    `${perSecond(variant.starts, result.completedAfterMs)}/s`,
    `${calls.retries} retries`,
    `${troubles.unknown} unknown`,
    ...(variant.via === 'nginx' ? [`${result.reloads} reloads`] : []),
    ...(result.recoveryMs === undefined ? [] : [`answered ${seconds(result.recoveryMs)} after the server was healthy`]),
  ];
  return result.faults.length === 0
    ? `ok      ${variant.title}: ${figures.join(', ')}`
    : `FAILED  ${variant.title}: ${result.faults.join('; ')} (${figures.join(', ')})`;
}

function verdict({ faults }: VariantResult): string {
  return faults.length === 0
    ? 'ok: no acknowledged start is lost, none was carried out twice'
    : `FAILED: ${faults.join('; ')}`;
}

function perSecond(count: number, ms: number): string {
  return (count / (ms / 1000)).toFixed(1);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
